"""Who can sign in, told to whoever has just started the house."""

import os

from erpsite.launch.prepare import Kind
from erpsite.launch.steps import DatabaseMarks

_FIRST = "admin"
_ANOTHER = "where the password is lost, give another:  ./niaga manage changepassword {login}"


def logins(marks: DatabaseMarks, kind: Kind) -> list[str]:
    """A line for each who may sign in and whose password is known; of a house in use, how to come in all the same.

    No password that somebody has chosen is ever shown.
    """
    known = marks.logins()
    if kind.is_demo:
        return [f"{login}, password {_password(login)}" for login in known]
    if kind.is_new:
        return [f"{_FIRST}, password as in NIAGA_ADMIN_PASSWORD"]
    return [f"{login}; {_ANOTHER.format(login=login)}" for login in known[:1]]


def _password(login: str) -> str:
    chosen = login == _FIRST and os.environ.get("NIAGA_ADMIN_PASSWORD")
    return "as in NIAGA_ADMIN_PASSWORD" if chosen else login
