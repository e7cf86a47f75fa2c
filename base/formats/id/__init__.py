"""How days and moments are written in Indonesian."""
