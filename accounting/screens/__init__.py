"""What people see of accounting: dashboard, documents, entries, accounts, reports. The only part that knows `web`."""

from accounting.screens import books, concerns, nouns, panels

__all__ = ["books", "concerns", "nouns", "panels"]
