"""A queue with one more job in it, to be killed while it works."""
