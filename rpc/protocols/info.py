"""What a web client is told about its session."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from base.actors import Actor
from base.models import Company, Currency, Partner
from rpc.context import locale_of
from rpc.services.version import INFO, SERIE


def session_info(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    """Who has signed in, for which companies, in which language."""
    partner = Partner.objects.filter(pk=actor.partner_id or 0).first()
    return {
        "uid": actor.user_id,
        "is_system": actor.is_superuser,
        "is_admin": actor.is_superuser,
        "is_public": False,
        "is_internal_user": True,
        "user_context": user_context(actor),
        "db": settings.RPC_DATABASE_NAME,
        "user_settings": {},
        "server_version": SERIE,
        "server_version_info": INFO,
        "support_url": "",
        "name": partner.name if partner else actor.login,
        "username": actor.login,
        "partner_id": actor.partner_id or False,
        "partner_display_name": str(partner or actor.login),
        "user_companies": _companies(actor),
        "currencies": _currencies(),
        "web.base.url": f"{request.scheme}://{request.get_host()}",
        "active_ids_limit": 20_000,
        "max_file_upload_size": settings.RPC_MAX_BODY,
        "home_action_id": False,
        "groups": {},
        "view_info": {},
        "show_effect": False,
        "test_mode": False,
        "quick_login": False,
        "bundle_params": {"lang": locale_of(actor.language)},
    }


def user_context(actor: Actor) -> dict[str, Any]:
    """What a user's clients send along with every call."""
    return {"lang": locale_of(actor.language), "tz": actor.timezone, "uid": actor.user_id}


def _companies(actor: Actor) -> dict[str, Any]:
    rows = Company.objects.filter(pk__in=actor.allowed_company_ids).order_by("sequence", "name")
    allowed = {
        str(row.pk): {
            "id": row.pk,
            "name": row.name,
            "sequence": row.sequence,
            "child_ids": [],
            "parent_id": row.parent_id or False,
            "currency_id": row.currency_id,
        }
        for row in rows
    }
    return {
        "current_company": actor.company_id,
        "allowed_companies": allowed,
        "disallowed_ancestor_companies": {},
    }


def _currencies() -> dict[str, Any]:
    return {
        str(row.pk): {
            "name": row.code,
            "symbol": row.symbol,
            "position": row.position,
            "digits": [69, row.decimal_places],
        }
        for row in Currency.objects.active()
    }
