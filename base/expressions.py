"""What may stand in the places of a letter: a small part of Python's expressions, and nothing that can do harm.

Names, fields of records, comparisons, sums, a few methods of texts and the functions that are handed in. No attribute
of any object is ever reached: only what a `Readable` answers.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

from django.utils.translation import gettext_lazy as _

from base.errors import Refused

LONGEST = 2_000  # characters of an expression
LARGEST = 100_000  # characters of a text that is put together


class BadPlace(Refused):
    """A place of a letter that cannot be filled in."""

    code = "bad_place"
    message = _("“%(place)s” cannot be filled in: %(why)s")


@runtime_checkable
class Readable(Protocol):
    """Something with fields, such as a record."""

    def field(self, name: str) -> Any:
        """The value of a field."""


BINARY: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARED: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
UNARY: dict[type[ast.AST], Callable[[Any], Any]] = {
    ast.Not: operator.not_,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
OF_TEXTS = frozenset(
    ("upper", "lower", "title", "capitalize", "strip", "startswith", "endswith", "split", "join")
)


def evaluate(text: str, names: Mapping[str, Any]) -> Any:
    """The value of an expression. Refuses with `BadPlace`."""
    if len(text) > LONGEST:
        raise BadPlace(place=text[:40] + "…", why=_("it is too long"))
    try:
        tree = ast.parse(text.strip(), mode="eval")
        return Reader(names).value(tree.body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise BadPlace(place=text, why=_("it is no expression")) from None
    except (TypeError, LookupError, ArithmeticError) as error:
        raise BadPlace(place=text, why=str(error)) from None


class Reader:
    """Works out one expression; what is not named here is refused."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = names

    def value(self, node: ast.AST) -> Any:
        """The value of a part."""
        work: Any = getattr(self, f"of_{type(node).__name__.lower()}", None)
        if work is None:
            raise TypeError(_("%(part)s may not stand here") % {"part": type(node).__name__})
        return work(node)

    def of_constant(self, node: ast.Constant) -> Any:
        """A number, a text, yes or no."""
        return node.value

    def of_name(self, node: ast.Name) -> Any:
        """What a name stands for."""
        return self.names[node.id]

    def of_attribute(self, node: ast.Attribute) -> Any:
        """A field of a record."""
        owner = self.value(node.value)
        if not isinstance(owner, Readable):
            raise TypeError(_("“%(name)s” is no field of anything") % {"name": node.attr})
        return owner.field(node.attr)

    def of_boolop(self, node: ast.BoolOp) -> Any:
        """`and`, `or`."""
        stops_at = isinstance(node.op, ast.Or)
        found: Any = None
        for part in node.values:
            found = self.value(part)
            if bool(found) is stops_at:
                return found
        return found

    def of_unaryop(self, node: ast.UnaryOp) -> Any:
        """`not`, a sign."""
        return UNARY[type(node.op)](self.value(node.operand))

    def of_ifexp(self, node: ast.IfExp) -> Any:
        """One or the other."""
        return self.value(node.body if self.value(node.test) else node.orelse)

    def of_compare(self, node: ast.Compare) -> bool:
        """Comparisons, each of a chain."""
        left = self.value(node.left)
        for sign, part in zip(node.ops, node.comparators, strict=True):
            right = self.value(part)
            if not COMPARED[type(sign)](left, right):
                return False
            left = right
        return True

    def of_binop(self, node: ast.BinOp) -> Any:
        """Sums and products; texts are only joined."""
        left, right = self.value(node.left), self.value(node.right)
        is_sum = isinstance(node.op, ast.Add)
        if not is_sum and not all(
            isinstance(one, int) or hasattr(one, "as_integer_ratio") for one in (left, right)
        ):
            raise TypeError(_("only numbers are reckoned with"))
        return _small(BINARY[type(node.op)](left, right))

    def of_subscript(self, node: ast.Subscript) -> Any:
        """One of several, or a piece of a text."""
        return self.value(node.value)[self.value(node.slice)]

    def of_slice(self, node: ast.Slice) -> slice:
        """From here to there."""
        ends = (node.lower, node.upper, node.step)
        return slice(*(self.value(one) if one else None for one in ends))

    def of_list(self, node: ast.List | ast.Tuple) -> list[Any]:
        """Several values."""
        return [self.value(one) for one in node.elts]

    of_tuple = of_list

    def of_call(self, node: ast.Call) -> Any:
        """A function that was handed in, or a method of a text."""
        given = [self.value(one) for one in node.args]
        named = {one.arg or "": self.value(one.value) for one in node.keywords}
        if isinstance(node.func, ast.Attribute) and node.func.attr in OF_TEXTS:
            text = self.value(node.func.value)
            if isinstance(text, str):
                return _small(getattr(text, node.func.attr)(*given))
        function = self.names.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if not callable(function):
            raise TypeError(_("there is no such function"))
        return function(*given, **named)


def _small(value: Any) -> Any:
    if isinstance(value, str) and len(value) > LARGEST:
        raise TypeError(_("the text becomes too long"))
    return value
