"""The contract's search domains, read plainly: whether a row, as a dictionary, satisfies one. Knows nothing of SQL."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEGATIVE = {
    "!=": "=",
    "not in": "in",
    "not like": "like",
    "not ilike": "ilike",
    "not =like": "=like",
    "not =ilike": "=ilike",
    "not any": "any",
}
PARTS = {
    "year_number": lambda day: day.year,
    "quarter_number": lambda day: (day.month + 2) // 3,
    "month_number": lambda day: day.month,
    "iso_week_number": lambda day: day.isocalendar().week,
    "day_of_year": lambda day: day.timetuple().tm_yday,
    "day_of_month": lambda day: day.day,
    "day_of_week": lambda day: day.isoweekday() % 7,
    "hour_number": lambda day: getattr(day, "hour", 0),
    "minute_number": lambda day: getattr(day, "minute", 0),
    "second_number": lambda day: getattr(day, "second", 0),
}
FALSY = {"char": "", "text": "", "selection": "", "integer": 0, "float": 0, "monetary": 0}
FALSY |= {"boolean": False}


class Table:
    """Rows of one noun: the types of its fields, its rows by id, and where its links lead."""

    def __init__(self, types, rows, links=None, parent="parent_id"):
        self.types, self.rows, self.links, self.parent = types, rows, links or {}, parent

    def found(self, domain, zone="UTC"):
        """The ids that satisfy a domain, in order."""
        return [pk for pk in sorted(self.rows) if self.holds(domain, self.rows[pk], zone)]

    def holds(self, domain, row, zone):
        """Whether a row satisfies a domain in prefix notation."""
        if isinstance(domain, bool):
            return domain
        stack = []
        for item in reversed(domain):
            if item == "!":
                stack.append(not stack.pop())
            elif item in ("&", "|"):
                one, other = stack.pop(), stack.pop()
                stack.append((one and other) if item == "&" else (one or other))
            else:
                stack.append(self.leaf(*item, row, zone))
        return all(stack)

    def leaf(self, path, operator, value, row, zone):  # noqa: PLR0911 - one line for each rule
        """Whether a row satisfies one condition."""
        if path in (0, 1):
            return (path == value) == (operator == "=")
        name, _dot, rest = path.partition(".")
        kind = self.types[name]
        if rest and kind in ("date", "datetime"):
            return self.part(row[name], kind, rest, operator, value, zone)
        if rest:
            return self.linked(
                name, row, lambda far, one: far.leaf(rest, operator, value, one, zone)
            )
        if operator == "=?":
            return value is False or self.leaf(path, "=", value, row, zone)
        if operator in NEGATIVE:
            return not self.leaf(path, NEGATIVE[operator], value, row, zone)
        if kind in ("many2one", "many2many", "one2many"):
            return self.relation(name, operator, value, row, zone)
        return compared(kind, operator, row[name], value, zone)

    def part(self, held, kind, part, operator, value, zone):
        """A numbered part of a date or a moment."""
        if kind == "datetime" and held is not None:
            held = held.astimezone(ZoneInfo(zone))
        number = None if held is None else PARTS[part](held)
        if operator == "=?":
            return value is False or compared("part", "=", number, value, zone)
        if operator in NEGATIVE:
            return not compared("part", NEGATIVE[operator], number, value, zone)
        return compared("part", operator, number, value, zone)

    def linked(self, name, row, holds):
        """Whether a condition holds for some row that a link leads to."""
        far = self.links[name]
        ids = row[name] if isinstance(row[name], list) else [row[name]]
        return any(holds(far, far.rows[pk]) for pk in ids if pk is not None)

    def relation(self, name, operator, value, row, zone):
        """A condition on a link or a set."""
        far = self.links[name]
        ids = [pk for pk in (row[name] if isinstance(row[name], list) else [row[name]]) if pk]
        if operator == "any":
            return any(far.holds(value, far.rows[pk], zone) for pk in ids)
        if "like" in operator:
            if not value:
                return True
            return any(like(operator, text, value) for pk in ids for text in far.called(pk))
        wanted = value if isinstance(value, list) else [value]
        if operator in ("child_of", "parent_of"):
            tree = far.tree(operator, wanted)
            if far is self and name == self.parent:
                return row["id"] in tree
            return any(pk in tree for pk in ids)
        names = {text for pk in ids for text in far.called(pk)}
        return any(not ids if one is False else one in ids or one in names for one in wanted)

    def called(self, pk):
        """The texts that a row is found by when a link to it is given a name."""
        return self.rows[pk].get("called") or [self.rows[pk]["name"]]

    def tree(self, operator, wanted):
        """The ids below or above some rows, themselves included."""
        found = {pk for pk in self.rows for one in wanted if self._named(pk, one)}
        while True:
            more = {
                pk
                for pk, row in self.rows.items()
                if operator == "child_of" and row[self.parent] in found
            } | {
                self.rows[pk][self.parent]
                for pk in found
                if operator == "parent_of" and self.rows[pk][self.parent]
            }
            if more <= found:
                return found
            found |= more

    def _named(self, pk, one):
        if isinstance(one, str):
            return any(one.lower() in text.lower() for text in self.called(pk))
        return one is not False and pk == one


def compared(kind, operator, held, value, zone):
    """A condition on a value."""
    if operator in ("=", "in"):
        wanted = value if isinstance(value, list) else [value]
        return any(same(kind, held, one, zone) for one in wanted)
    if "like" in operator:
        return (
            not value
            if not operator.startswith("=") and not value
            else like(operator, shown(kind, held), value)
        )
    return held is not None and ordered(kind, operator, held, value, zone)


def same(kind, held, wanted, zone):
    """Equality, with nothing and the falsy value being the same."""
    if kind == "date":
        return held is None if wanted is False else held == day(wanted)
    if kind == "datetime":
        return held is None if wanted is False else held == moments(wanted, zone)[0]
    if kind == "part":
        return held is None if wanted is False else held == wanted
    falsy = FALSY[kind]
    one, other = (falsy if x in (None, False) else x for x in (held, wanted))
    return (
        (float(one) == float(other)) if kind in ("integer", "float", "monetary") else one == other
    )


def ordered(kind, operator, held, value, zone):
    """An inequality; a day against a moment means all of that day."""
    if kind == "date":
        low = high = day(value)
    elif kind == "datetime":
        low, high = moments(value, zone)
    else:
        held, low = float(held), float(value)
        high = low
    if operator == "<":
        return held < low
    if operator == ">=":
        return held >= low
    whole_day = high != low
    inside = held < high if whole_day else held <= low
    return inside if operator == "<=" else not inside


def day(text):
    """The day that a text means."""
    return date.fromisoformat(text[:10])


def moments(text, zone):
    """The first moment that a text means, and the first one after it when it means a day."""
    if len(text) > 10:
        start = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return start, start
    midnight = datetime.combine(day(text), time.min, ZoneInfo(zone))
    after = datetime.combine(day(text) + timedelta(days=1), time.min, ZoneInfo(zone))
    return midnight.astimezone(UTC), after.astimezone(UTC)


def shown(kind, held):
    """A value as text."""
    if held is None:
        return None
    return f"{held:%Y-%m-%d %H:%M:%S}" if kind == "datetime" else str(held)


def like(operator, text, pattern):
    """Whether a text matches a pattern with `%` and `_`; nothing matches none."""
    if text is None:
        return False
    wrapped = pattern if operator.startswith("=") else f"%{pattern}%"
    flags = re.DOTALL | (re.IGNORECASE if operator.endswith("ilike") else 0)
    shape = "".join({"%": ".*", "_": "."}.get(sign, re.escape(sign)) for sign in str(wrapped))
    return re.fullmatch(shape, str(text), flags) is not None
