"""What must be true before accounting serves: every chart of accounts is whole, and the paper's font is there."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name

from accounting.reports.invoice_pdf import font_directories
from accounting.services import charts


@register("accounting")
def every_chart_is_whole(**_kwargs: Any) -> list[CheckMessage]:
    """Every account, journal and tax that a chart's settings, journals and taxes name is in the chart."""
    found: list[CheckMessage] = []
    for key in charts.available():
        chart = charts.Chart.named(key)
        if lost := sorted(chart.named_but_missing()):
            text = f"The chart of accounts {key} names what it does not have: {', '.join(lost)}."
            found.append(Error(text, id="accounting.E001"))
    return found


@register("accounting")
def papers_have_their_font(**_kwargs: Any) -> list[CheckMessage]:
    """Documents are set in Inter; without it typst's own font stands in."""
    if font_directories():
        return []
    hint = f"Run `npm ci` in {settings.BASE_DIR}."
    return [
        Warning("The font of printed documents is not installed.", hint=hint, id="accounting.W001")
    ]
