"""The launcher: brings the house up on a bare machine and keeps it up.

Everything here runs before Django does, so it uses the standard library alone (and psycopg where it asks the
database). Vocabulary: a *server* is the embedded PostgreSQL or Valkey; a *child* is a process that the supervisor
keeps alive (web, worker, beat); a *step* is work that is skipped while its inputs are unchanged.
"""
