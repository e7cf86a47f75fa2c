"""Seeds and demo data of the base module."""
