"""The jobs of the pages: files that are taken in, and imports that are undone."""

from web.screens.importing import take_in
from web.screens.undoing import undo_import

__all__ = ["take_in", "undo_import"]
