"""The back office of the base nouns. The order of the imports is the order of the menu."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from base.admin import (
    apps,
    audit,
    companies,
    jobs,
    kept,
    libraries,
    mail,
    partners,
    places,
    products,
    settings,
    talk,
    users,
)

admin.site.index_title = _("Overview")

__all__ = [
    "apps",
    "audit",
    "companies",
    "jobs",
    "kept",
    "libraries",
    "mail",
    "partners",
    "places",
    "products",
    "settings",
    "talk",
    "users",
]
