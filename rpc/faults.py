"""How the door says no: the exceptions of the wire, and the shape each takes on each transport."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """One exception of the contract. `v1` is the first half of an old fault code, `None` meaning "the message itself"."""

    name: str
    code: int = 1
    v1: str | None = None
    status: int = 500
    stack: bool = True


USER = Kind("odoo.exceptions.UserError", 2, "warning -- UserError", 422)
VALIDATION = Kind("odoo.exceptions.ValidationError", 2, "warning -- UserError", 422)
MISSING = Kind("odoo.exceptions.MissingError", 2, "warning -- MissingError", 404)
ACCESS = Kind("odoo.exceptions.AccessError", 4, "warning -- AccessError", 403)
DENIED = Kind("odoo.exceptions.AccessDenied", 3, "AccessDenied", 403, stack=False)
LOCK = Kind("odoo.exceptions.LockError", 2, "warning -- UserError", 409)
EXPIRED = Kind("odoo.http.SessionExpiredException", 1, None, 403)


class WireError(Exception):
    """A refusal in the words of the contract."""

    def __init__(self, kind: Kind, message: str, *arguments: Any) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.arguments: list[Any] = list(arguments) or [message]

    @property
    def debug(self) -> str:
        """What clients show as a traceback: its last line is what they read. No path, no SQL, no secret is in it."""
        said = repr(self.message) if self.kind.name == "builtins.KeyError" else self.message
        last = f"{self.kind.name.removeprefix('builtins.')}: {said}"
        return (
            f"Traceback (most recent call last):\n  …\n{last}" if self.kind.stack else f"{last}\n"
        )

    def data(self) -> dict[str, Any]:
        """The fault as JSON-RPC's `error.data` and as the body of JSON-2."""
        return {
            "name": self.kind.name,
            "message": self.message,
            "arguments": self.arguments,
            "context": {},
            "debug": self.debug,
        }


class HttpError(WireError):
    """A refusal that is an HTTP status: JSON-2 sends it, the session routes wrap it."""

    def __init__(self, status: int, name: str, message: str) -> None:
        super().__init__(
            Kind(f"werkzeug.exceptions.{name}", 1, None, status), message, message, status
        )
        self.phrase = "".join(f" {c}" if c.isupper() and i else c for i, c in enumerate(name))

    @property
    def debug(self) -> str:
        name, status = self.kind.name, self.kind.status
        return f"Traceback (most recent call last):\n  …\n{name}: {status} {self.phrase}: {self.message}"


def user_error(message: str) -> WireError:
    """Say that a rule of the house says no."""
    return WireError(USER, message)


def validation_error(message: str) -> WireError:
    """Say that a record would break a rule."""
    return WireError(VALIDATION, message)


def access_error(message: str) -> WireError:
    """Say that the actor may not do this."""
    return WireError(ACCESS, message)


def access_denied(message: str = "Access Denied") -> WireError:
    """Say that these credentials open nothing."""
    return WireError(DENIED, message)


def missing_error(model: str, ids: list[Any], user_id: int) -> WireError:
    """Say that records do not exist."""
    shown = f"({ids[0]},)" if len(ids) == 1 else str(tuple(ids))
    text = f"Record does not exist or has been deleted.\n(Record: {model}{shown}, User: {user_id})"
    return WireError(MISSING, text)


def builtin(name: str, message: str) -> WireError:
    """A generic error of the server, by the name Python gives it."""
    return WireError(Kind(f"builtins.{name}"), message)


def value_error(message: str) -> WireError:
    """Say that a value, a field name or a domain makes no sense."""
    return builtin("ValueError", message)


def type_error(message: str) -> WireError:
    """Say that an argument has the wrong type, is missing or is unknown."""
    return builtin("TypeError", message)


def database_error(name: str, message: str) -> WireError:
    """An error of the database, under the name that clients know it by."""
    return WireError(Kind(f"psycopg2.{name}"), message)


def not_found(message: str) -> HttpError:
    """404 of JSON-2 and of the session routes."""
    return HttpError(404, "NotFound", message)


def unprocessable(message: str) -> HttpError:
    """422 of JSON-2: the arguments do not fit the method."""
    return HttpError(422, "UnprocessableEntity", message)


def unauthorized(message: str) -> HttpError:
    """401 of JSON-2."""
    return HttpError(401, "Unauthorized", message)


def bad_request(message: str) -> HttpError:
    """400 of JSON-2."""
    return HttpError(400, "BadRequest", message)
