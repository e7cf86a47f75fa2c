"""SQL for reading: statements, frames, conditions, orders. Values are always bound, never written in."""
