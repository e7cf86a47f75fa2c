"""The door of the back office: people come in by the ordinary sign-in, with its second factor and its lock."""

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in; tell those who are signed in but may not use the back office that it is not for them."""
    place = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(place, allowed_hosts={request.get_host()}):
        place = reverse("admin:index")
    if not request.user.is_authenticated:
        query = urlencode({REDIRECT_FIELD_NAME: place})
        return HttpResponseRedirect(f"{reverse('account_login')}?{query}")
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied(
            _("The back office is for administrators. Ask one for the right to use it.")
        )
    return HttpResponseRedirect(place)


@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    """Lead to the profile, where people change their own password."""
    return HttpResponseRedirect(reverse("account_change_password"))
