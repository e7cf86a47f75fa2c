"""Where the fleet meets other modules."""
