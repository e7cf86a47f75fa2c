"""What people see of the shared nouns: their screens, and the dashboard over them."""

from base.screens import home, nouns

__all__ = ["home", "nouns"]
