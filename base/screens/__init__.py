"""What people see of the shared nouns: their screens, and the dashboard over them."""

from base.screens import home, mails, nouns

__all__ = ["home", "mails", "nouns"]
