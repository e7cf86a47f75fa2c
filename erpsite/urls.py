"""The doors, and where each one is."""

from django.apps import apps
from django.contrib import admin
from django.urls import include, path

from base.admin import doors
from web.views import language

handler400 = "web.views.errors.bad_request"
handler403 = "web.views.errors.forbidden"
handler404 = "web.views.errors.not_found"
handler500 = "web.views.errors.broken"

urlpatterns = [
    path("admin/login/", doors.sign_in),
    path("admin/password_change/", doors.change_password),
    path("admin/", admin.site.urls),
    path("accounts/", include("web.account_urls")),
    path("language/", language.choose, name="set_language"),
    path("", include("rpc.urls")),
    path("", include("web.urls")),
]

if apps.is_installed("accounting"):
    urlpatterns.append(path("accounting/", include("accounting.urls")))
