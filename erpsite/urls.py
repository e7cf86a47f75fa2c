"""The doors, and where each one is."""

from collections.abc import Iterator

from django.contrib import admin
from django.urls import URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from base.admin import doors
from base.modules import installed
from web.views import language

handler400 = "web.views.errors.bad_request"
handler403 = "web.views.errors.forbidden"
handler404 = "web.views.errors.not_found"
handler500 = "web.views.errors.broken"


def of_modules() -> Iterator[URLResolver]:
    """The pages of every module that has some, below its label: `/accounting/`."""
    for config in installed():
        if config.name not in {"web", "rpc"} and module_has_submodule(config.module, "urls"):
            yield path(f"{config.label}/", include(f"{config.name}.urls"))


urlpatterns = [
    path("admin/login/", doors.sign_in),
    path("admin/password_change/", doors.change_password),
    path("admin/", admin.site.urls),
    path("accounts/", include("web.account_urls")),
    path("language/", language.choose, name="set_language"),
    path("", include("rpc.urls")),
    path("", include("web.urls")),
    *of_modules(),
]
