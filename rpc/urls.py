"""The paths of the wire are answered by `rpc.middleware.RpcDoor`, before any URL is looked up. Here is what describes it."""

from django.urls import path

from rpc.openapi import views

app_name = "rpc"

urlpatterns = [
    path("api/openapi.json", views.Document.as_view(), name="document"),
    path("api/docs", views.page, name="docs"),
]
