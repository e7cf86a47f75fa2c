"""How the back office looks: the theme's settings, in the product's own colors."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


def _style(request: HttpRequest) -> str:
    return static("admin-own/office.css")


def _script(request: HttpRequest) -> str:
    return static("admin-own/office.js")


def _icon(request: HttpRequest) -> str:
    return static("img/favicon.svg")


def _profile(request: HttpRequest) -> str:
    return reverse("web:profile")


THEME = {
    "SITE_TITLE": "Niaga",
    "SITE_HEADER": "Niaga",
    "SITE_SUBHEADER": _("Back office"),
    "SITE_SYMBOL": "storefront",
    "SITE_URL": "/",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _icon}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "SHOW_BACK_BUTTON": True,
    "STYLES": [_style],
    "BORDER_RADIUS": "6px",
    "DASHBOARD_CALLBACK": "base.admin.dashboard.fill",
    "ACCOUNT": {"navigation": [{"title": _("My profile"), "link": _profile}]},
    "SIDEBAR": {
        "show_search": True,
        "command_search": False,
        "show_all_applications": False,
        "navigation": "base.admin.navigation.groups",
    },
    "SCRIPTS": [_script],
    "COLORS": {
        "primary": {
            "50": "#f0faf8",
            "100": "#d7f1ec",
            "200": "#b0e3da",
            "300": "#7fcfc3",
            "400": "#4fb3a6",
            "500": "#2b968a",
            "600": "#0b6a63",
            "700": "#0a5952",
            "800": "#084742",
            "900": "#073a36",
            "950": "#032422",
        },
    },
}
