"""Where the pages of accounting are."""

app_name = "accounting"

urlpatterns: list[object] = []
