"""The bench: what the doors cost beside the same work in raw SQL, measured in one run on one machine."""
