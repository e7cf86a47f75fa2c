"""The service `db`: which databases there are. Making and dropping them is not done over the wire."""

from typing import Any

from django.conf import settings

from base.models import Language
from rpc.faults import access_denied, builtin, database_error
from rpc.services.version import SERIE

GUARDED = frozenset(
    (
        *(
            "create_database",
            "duplicate_database",
            "drop",
            "dump",
            "restore",
            "rename",
            "change_admin_password",
        ),
        *("list_countries", "migrate_databases"),
    )
)


def require_known(name: Any) -> None:
    """Refuse a database that is not ours, as PostgreSQL would."""
    if name != settings.RPC_DATABASE_NAME:
        raise database_error(
            "OperationalError",
            f'connection to server failed: FATAL:  database "{name}" does not exist\n',
        )


def names() -> list[str]:
    """The databases that clients may name: the one we serve."""
    return [settings.RPC_DATABASE_NAME]


def languages() -> list[list[str]]:
    """Languages as `[code, name]`."""
    return [list(row) for row in Language.objects.order_by("name").values_list("code", "name")]


def serve(method: str, args: list[Any]) -> Any:
    """Answer a call."""
    if method == "list":
        return names()
    if method == "db_exist":
        return bool(args) and args[0] in names()
    if method == "list_lang":
        return languages()
    if method == "server_version":
        return SERIE
    if method in GUARDED:
        raise access_denied()
    raise builtin("KeyError", f"Method not found: {method}")
