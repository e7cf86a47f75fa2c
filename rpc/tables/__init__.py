"""What the door shows of itself: rows that Python knows, and no table holds."""
