"""Where the fleet's own page is; those of its screens are found by themselves."""

from django.urls import path

from armada.screens import taxes

app_name = "armada"

urlpatterns = [
    path("", taxes.listing, name="taxes"),
    path("<int:pk>/renew/", taxes.renew, name="renew"),
]
