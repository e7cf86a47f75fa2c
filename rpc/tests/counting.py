"""How many statements a call takes."""

from django.db import connection

MARKS = ("SAVEPOINT", "RELEASE", "SET CONSTRAINTS")  # they fetch nothing: they bound what is done


def asked(work):
    """The statements that some work sends to the database."""
    start = len(connection.queries_log)
    connection.force_debug_cursor = True
    try:
        work()
    finally:
        connection.force_debug_cursor = False
    sent = [str(one["sql"]) for one in list(connection.queries_log)[start:]]
    return [sql for sql in sent if not sql.startswith(MARKS)]


def statements(program, model, method, *args, **kwargs):
    """The statements of a program's call, the second time it makes it; a function in its arguments is called anew."""

    def once():
        given = [one() if callable(one) else one for one in args]
        program(model, method, *given, **kwargs)

    once()
    return asked(once)
