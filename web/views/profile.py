"""My profile: who I am here, how the system speaks to me, my API keys."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from base.models import ApiKey, User
from base.services import api_keys, users
from web.forms.profile import ApiKeyForm, PreferencesForm
from web.pages import PageRequest, page, status_of, told_beside


@page(methods=("GET", "HEAD", "POST"))
def profile(request: PageRequest) -> HttpResponse:
    """Show and change my language and time zone."""
    actor = request.actor
    form = PreferencesForm(
        request.POST or None, initial={"language": actor.language, "timezone": actor.timezone}
    )
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            users.choose(**form.cleaned_data, by=actor)
            with translation.override(form.cleaned_data["language"]):
                messages.success(request, _("Your profile has been saved."))
            return redirect("web:profile")
    me = User.objects.select_related("partner").prefetch_related("roles").get(pk=actor.user_id)
    kinds = set(Authenticator.objects.filter(user=me).values_list("type", flat=True))
    context = {"form": form, "me": me, "kinds": kinds, "key_count": me.api_keys.count()}
    return render(request, "web/profile.html", context, status=status_of(form))


@page()
def keys(request: PageRequest) -> HttpResponse:
    """My API keys."""
    mine = ApiKey.objects.filter(user=request.actor.user_id).order_by("-id")
    return render(request, "web/api_keys.html", {"keys": mine, "now": timezone.now()})


@page("base.add_apikey", methods=("GET", "HEAD", "POST"))
@reauthentication_required
def new_key(request: PageRequest) -> HttpResponse:
    """Make an API key, and show its secret this once. Asks for the password again when it was given long ago."""
    form = ApiKeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_beside(form):
            key, secret = api_keys.issue(
                name=form.cleaned_data["name"],
                scope=form.cleaned_data["scope"],
                expires_at=form.expires_at(request.actor),
                by=request.actor,
            )
            return render(request, "web/api_key_shown.html", {"key": key, "secret": secret})
    return render(request, "web/api_key_new.html", {"form": form}, status=status_of(form))


@page("base.delete_apikey", methods=("POST",))
def revoke_key(request: PageRequest, pk: int) -> HttpResponse:
    """Revoke one of my API keys."""
    mine = ApiKey.objects.filter(user=request.actor.user_id, pk=pk)
    if api_keys.revoke(mine, by=request.actor):
        messages.success(request, _("The key has been revoked. Programs that use it are shut out."))
    return redirect("web:api_keys")
