"""What all tests of the house stand on."""

from erpsite.testing.fixtures import django_db_setup, empty_cache

__all__ = ["django_db_setup", "empty_cache"]
