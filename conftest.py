"""What all tests of the house stand on."""

from hypothesis import settings

from erpsite.testing.browser import chromium, page
from erpsite.testing.fixtures import django_db_setup, empty_cache
from erpsite.testing.people import boss, neighbour, person

# The suite meets the same examples each time; `make siege` meets ten times as many, and new ones.
settings.register_profile("house", derandomize=True)
settings.register_profile("siege", max_examples=1_000)
settings.load_profile("house")

__all__ = ["boss", "chromium", "django_db_setup", "empty_cache", "neighbour", "page", "person"]
