"""The paths of the wire are answered by `rpc.middleware.RpcDoor`, before any URL is looked up: there are none here."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
