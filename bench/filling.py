"""Filling a scratch database with very many rows: those of the demo company, copied by the database itself.

Rows are made by `INSERT … SELECT … FROM generate_series`, with the triggers of the tables off and their indexes built
afterwards: what triggers would work out is written out here. The same numbers always make the same rows.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND is_updatable = 'YES'
    ORDER BY ordinal_position
"""
INDEXES = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique
    AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
"""
FIRST = (
    "Budi",
    "José",
    "Siti",
    "Renée",
    "Agus",
    "Müller",
    "Dewi",
    "Zoë",
    "Rina",
    "Søren",
    "Wayan",
    "Łukasz",
)
LAST = (
    "Santoso",
    "Nuñez",
    "Wijaya",
    "Brontë",
    "Halim",
    "Ångström",
    "Pratama",
    "Lestari",
    "Ćosić",
    "Gunawan",
)
TRADES = ("Toko", "PT", "CV", "Warung", "Klinik")
CITIES = (
    "Jakarta",
    "Bandung",
    "Surabaya",
    "Medan",
    "Makassar",
    "Denpasar",
    "Solo",
    "Yogyakarta",
    "Semarang",
)
RARE = "Désirée Çelikoğlu"
DAYS = 1800
PER_COMPANY = 4


@dataclass(frozen=True)
class Size:
    """How many partners and journal entries there are to be beside those of the demo company."""

    partners: int
    entries: int


def fill(line: psycopg.Connection[Any], size: Size) -> None:
    """Write all rows, in one transaction, and let the database count what it holds."""
    with line.transaction():
        _partners(line, size.partners)
        _entries(line, size)
    line.autocommit = True
    line.execute("VACUUM ANALYZE")


def _partners(line: psycopg.Connection[Any], count: int) -> None:
    """A fifth are companies; the others belong to one of them, or stand for themselves."""
    base = _next(line, "base_partner")
    own = f"({base} + n)"
    company = f"({base} + n - n % {PER_COMPANY + 1})"
    heads = f"(n % {PER_COMPANY + 1} = 0)"
    below = f"(n % {PER_COMPANY + 1} < 3)"
    person = f"{_one_of(FIRST, 'n')} || ' ' || {_one_of(LAST, f'n / {len(FIRST)}')} || ' ' || n"
    name = f"CASE WHEN n % 100003 = 7 THEN '{RARE} ' || n WHEN {heads} THEN {{0}} ELSE {person} END"
    trade = f"{_one_of(TRADES, 'n / 5')} || ' ' || {_one_of(LAST, 'n / 35')} || ' ' || {{0}}"
    head_name = trade.format(f"(n - n % {PER_COMPANY + 1})")
    own_name = name.format(trade.format("n"))
    countries = "(SELECT array_agg(id ORDER BY code) FROM base_country)"
    people = "(SELECT array_agg(id ORDER BY id) FROM base_user WHERE is_active)"
    values = {
        "id": own,
        "name": own_name,
        "complete_name": f"CASE WHEN {heads} OR NOT {below} THEN {own_name} "
        f"ELSE {head_name} || ', ' || {own_name} END",
        "is_company": heads,
        "parent_id": f"CASE WHEN {heads} OR NOT {below} THEN NULL ELSE {company} END",
        "commercial_partner_id": f"CASE WHEN {below} THEN {company} ELSE {own} END",
        "reference": "'BENCH-' || n",
        "email": "'p' || n || '@bench.example.com'",
        "phone": "'+62 812 ' || lpad((n * 7919 % 100000000)::text, 8, '0')",
        "city": _one_of(CITIES, "n / 3"),
        "street": "'Jalan Melati ' || n % 900",
        "country_id": "CASE WHEN n % 11 = 0 THEN NULL ELSE (world.ids)[1 + (n * n % 40)::int] END",
        "state_id": "NULL",
        "salesperson_id": "CASE WHEN n % 3 = 0 THEN NULL ELSE (world.people)[1 + n % cardinality(world.people)] END",
        "created_at": f"now() - interval '1 day' * (n * 31 % {DAYS}) - interval '1 second' * (n % 80000)",
        "changed_at": f"now() - interval '1 day' * (n * 17 % {DAYS}) - interval '1 second' * (n % 80000)",
        **dict.fromkeys(("barcode", "tax_id", "nik"), "''"),
        **dict.fromkeys(("image_id", "company_id"), "NULL"),
        "is_active": "n % 50 <> 1",
    }
    source = f"""
        (SELECT * FROM base_partner WHERE kind = 'contact' AND parent_id IS NULL ORDER BY id LIMIT 1) t
        CROSS JOIN (SELECT {countries} AS ids, {people} AS people) world
        CROSS JOIN generate_series(0, {count - 1}::bigint) n
    """
    with _bare(line, "base_partner"):
        _copy(line, "base_partner", source, values)
    _remember(line, base, count)


def _remember(line: psycopg.Connection[Any], base: int, count: int) -> None:
    """What the database remembers of changes grows with the rows."""
    with _bare(line, "base_change"):
        line.execute(
            f"""
            INSERT INTO base_change (run_id, model, row_id, operation, old, new, at)
            SELECT NULL, 'base_partner', {base} + n, 'I', NULL, jsonb_build_object('reference', 'BENCH-' || n), now()
            FROM generate_series(0, {count - 1}) n
            """
        )


def _entries(line: psycopg.Connection[Any], size: Size) -> None:
    """Copies of the demo company's posted invoices, bills and other entries, each of another day and partner; nine of
    ten are paid."""
    line.execute(
        """
        CREATE TEMP TABLE entry_sample ON COMMIT DROP AS
        SELECT e.id, row_number() OVER (ORDER BY e.id) - 1 AS place FROM accounting_journalentry e
        WHERE e.state = 'posted' AND e.company_id = (SELECT company_id FROM base_user WHERE username = 'admin')
        AND e.reversed_entry_id IS NULL
        ORDER BY e.id LIMIT 60
        """
    )
    line.execute(
        """
        CREATE TEMP TABLE item_sample ON COMMIT DROP AS
        SELECT i.id, s.id AS entry_id, s.place AS entry_place, row_number() OVER (ORDER BY i.id) - 1 AS place
        FROM accounting_journalitem i JOIN entry_sample s ON s.id = i.entry_id
        """
    )
    entries, items = (_count(line, name) for name in ("entry_sample", "item_sample"))
    rounds = -(-size.entries // entries)
    base, item_base = (
        _next(line, name) for name in ("accounting_journalentry", "accounting_journalitem")
    )
    partner_base = _next(line, "base_partner") - size.partners
    turn = f"(n * {entries} + s.place)"
    day = f"(current_date - ({turn} * 7 % {DAYS})::int)"
    partner = f"({partner_base} + {turn} * 37 % {size.partners})"
    series = f"CROSS JOIN generate_series(0, {rounds - 1}::bigint) n"
    is_paid = f"({turn} % 10 <> 0)"
    with _bare(line, "accounting_journalentry"), _bare(line, "accounting_journalitem"):
        _copy(
            line,
            "accounting_journalentry",
            f"accounting_journalentry t JOIN entry_sample s ON s.id = t.id {series}",
            {
                "id": f"{base} + {turn}",
                "number": f"'BENCH/' || {turn}",
                "reference": f"'R' || {turn}",
                "payment_reference": "''",
                "partner_id": f"CASE WHEN t.partner_id IS NULL THEN NULL ELSE {partner} END",
                "date": day,
                "invoice_date": f"CASE WHEN t.invoice_date IS NULL THEN NULL ELSE {day} END",
                "due_date": f"CASE WHEN t.due_date IS NULL THEN NULL ELSE {day} + 30 END",
                "residual": f"CASE WHEN {is_paid} THEN 0 ELSE t.total END",
                "payment_state": f"CASE WHEN {is_paid} THEN 'paid' ELSE 'not_paid' END",
                "created_at": f"{day}::timestamptz",
                "changed_at": f"{day}::timestamptz",
            },
        )
        _copy(
            line,
            "accounting_journalitem",
            f"accounting_journalitem t JOIN item_sample i ON i.id = t.id "
            f"JOIN entry_sample s ON s.id = i.entry_id {series}",
            {
                "id": f"{item_base} + n * {items} + i.place",
                "entry_id": f"{base} + {turn}",
                "partner_id": f"CASE WHEN t.partner_id IS NULL THEN NULL ELSE {partner} END",
                "date": day,
                "due_date": f"CASE WHEN t.due_date IS NULL THEN NULL ELSE {day} + 30 END",
                "full_reconciliation_id": "NULL",
                "matching": "''",
            },
        )
    with _bare(line, "accounting_itemtax"):
        _copy(
            line,
            "accounting_itemtax",
            f"accounting_itemtax t JOIN item_sample i ON i.id = t.item_id {series}",
            {"item_id": f"{item_base} + n * {items} + i.place"},
            drawn=("id",),
        )


def _copy(
    line: psycopg.Connection[Any],
    table: str,
    source: str,
    values: Mapping[str, str],
    drawn: tuple[str, ...] = (),
) -> None:
    """Copies of the rows `t` of a source; `values` says what is different, `drawn` what the database gives out."""
    names = [name for (name,) in line.execute(COLUMNS, [table]) if name not in drawn]
    if strange := values.keys() - set(names):
        raise LookupError(f"{table} has no {', '.join(sorted(strange))}")
    shown = ", ".join(values.get(name, f't."{name}"') for name in names)
    listed = sql.SQL(", ").join(map(sql.Identifier, names)).as_string(line)
    line.execute(f"INSERT INTO {table} ({listed}) SELECT {shown} FROM {source}")
    if "id" in values:
        line.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


@contextlib.contextmanager
def _bare(line: psycopg.Connection[Any], table: str) -> Iterator[None]:
    """Let the block write a table without its triggers and indexes, which are there again afterwards."""
    indexes = line.execute(INDEXES, [table]).fetchall()
    line.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for name, _definition in indexes:
        line.execute(f"DROP INDEX {name}")
    yield
    line.execute("SET LOCAL maintenance_work_mem = '512MB'")
    line.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for _name, definition in indexes:
        line.execute(definition)
    line.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _next(line: psycopg.Connection[Any], table: str) -> int:
    [[last]] = line.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchall()
    return int(last) + 1


def _count(line: psycopg.Connection[Any], table: str) -> int:
    [[count]] = line.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(count)


def _one_of(words: tuple[str, ...], place: str) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"(ARRAY[{listed}])[1 + ({place}) % {len(words)}]"
