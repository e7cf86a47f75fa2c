"""What all tests of the house stand on."""

from erpsite.testing.browser import chromium, page
from erpsite.testing.fixtures import django_db_setup, empty_cache
from erpsite.testing.people import boss, neighbour, person

__all__ = ["boss", "chromium", "django_db_setup", "empty_cache", "neighbour", "page", "person"]
