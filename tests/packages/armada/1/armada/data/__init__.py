"""What the fleet begins with."""
