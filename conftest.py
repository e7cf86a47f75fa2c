"""What all tests of the house stand on."""

from erpsite.testing.browser import chromium, page
from erpsite.testing.fixtures import django_db_setup, empty_cache

__all__ = ["chromium", "django_db_setup", "empty_cache", "page"]
