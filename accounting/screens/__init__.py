"""What people see of accounting: dashboard, screens, windows, reports. The only part that knows `web`."""

from accounting.screens import books, concerns, nouns, panels, sending, windows

__all__ = ["books", "concerns", "nouns", "panels", "sending", "windows"]
