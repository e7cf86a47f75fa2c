"""A chart of pairs of bars, month by month, as an SVG drawing that needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from web import formats

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 800, 270, 84, 14, 32
STEPS = 4
HUNDREDS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Month:
    """A month, its two amounts, and where the rows behind them are."""

    first: date
    one: Decimal
    two: Decimal
    one_url: str = ""
    two_url: str = ""


@dataclass(frozen=True)
class Bar:
    """A bar in the drawing's own units."""

    month: Month
    series: str
    amount: Decimal
    x: float
    y: float
    width: float
    height: float


class Bars:
    """The drawing: bars, the lines behind them, and where the months are written."""

    width, height = WIDTH, HEIGHT

    def __init__(self, months: Sequence[Month]) -> None:
        self.months = months
        self.top = ceiling(max((max(m.one, m.two) for m in months), default=Decimal(0)))
        self.slot = (WIDTH - LEFT) / max(1, len(months))

    @property
    def bars(self) -> list[Bar]:
        """Two bars a month."""
        wide = min(28.0, self.slot / 3)
        found = []
        for place, month in enumerate(self.months):
            middle = LEFT + self.slot * (place + 0.5)
            for series, amount, x in (
                ("one", month.one, middle - wide - 1),
                ("two", month.two, middle + 1),
            ):
                tall = float(max(amount, Decimal(0)) / self.top) * (HEIGHT - TOP - BOTTOM)
                found.append(
                    Bar(
                        month,
                        series,
                        amount,
                        round(x, 1),
                        round(HEIGHT - BOTTOM - tall, 1),
                        wide,
                        round(tall, 1),
                    )
                )
        return found

    @property
    def lines(self) -> list[tuple[float, str]]:
        """The lines across, each with its height and the amount it stands for."""
        room = HEIGHT - TOP - BOTTOM
        return [
            (
                round(HEIGHT - BOTTOM - room * step / STEPS, 1),
                formats.short(self.top * step / STEPS),
            )
            for step in range(STEPS + 1)
        ]

    @property
    def names(self) -> list[tuple[float, str]]:
        """Where each month is written."""
        return [
            (round(LEFT + self.slot * (place + 0.5), 1), formats.short_month(month.first))
            for place, month in enumerate(self.months)
        ]

    @property
    def left(self) -> int:
        """Where the bars begin."""
        return LEFT

    @property
    def names_at(self) -> int:
        """The height at which the months are written."""
        return HEIGHT - 8


def ceiling(amount: Decimal) -> Decimal:
    """The round number at or above an amount that a chart ends with: 1, 2, 2.5, 5 or 10 of some power of ten."""
    if amount <= 0:
        return Decimal(1)
    power = Decimal(1).scaleb(amount.adjusted())
    return next(step * power for step in HUNDREDS if step * power >= amount)
