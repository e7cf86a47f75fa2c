"""Seeds of inventory."""
