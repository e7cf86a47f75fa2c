"""Where the pages of the fleet are."""

from django.urls import path

from armada.screens import vehicles

app_name = "armada"

urlpatterns = [
    path("", vehicles.listing, name="vehicles"),
    path("new/", vehicles.new, name="vehicle_new"),
    path("<int:pk>/", vehicles.show, name="vehicle"),
    path("<int:pk>/renew/", vehicles.renew, name="vehicle_renew"),
    path("<int:pk>/sell/", vehicles.sell, name="vehicle_sell"),
]
