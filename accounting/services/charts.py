"""Charts of accounts: data files from which a company's books are set up."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet

from accounting.errors import OtherChartLoaded, UnknownChart
from accounting.models import (
    Account,
    AccountTag,
    CompanyAccounting,
    Journal,
    JournalEntry,
    Tax,
    TaxGroup,
    TaxRepartition,
)
from base.actors import Actor
from base.models import Company
from base.seeds import upsert
from base.verbs import verb

CHARTS = Path(__file__).parent.parent / "data" / "charts"
ALWAYS_RECONCILED = {Account.Kind.RECEIVABLE, Account.Kind.PAYABLE}
Ids = Mapping[str, int]
NAMED = ("account", "suspense", "payable", "receivable", "back", "group", "tag", "base_tag")


@dataclass(frozen=True)
class Chart:
    """A chart as its files say it: accounts as a table, the rest as TOML."""

    key: str
    accounts: list[dict[str, str]]
    rest: Mapping[str, Any]

    @classmethod
    def named(cls, key: str) -> "Chart":
        """Read a chart. Refuses with `UnknownChart`."""
        if key not in available():
            raise UnknownChart(chart=key)
        with (CHARTS / f"{key}.csv").open(encoding="utf-8", newline="") as table:
            accounts = list(csv.DictReader(table))
        with (CHARTS / f"{key}.toml").open("rb") as text:
            return cls(key, accounts, tomllib.load(text))

    def named_but_missing(self) -> set[str]:
        """What settings, journals and taxes name but the chart does not have."""
        named = set(self._named())
        there = {row["code"] for row in self.accounts}
        for table in ("journals", "taxes", "groups", "tags"):
            there |= set(self.rest[table])
        return named - there

    def _named(self) -> Iterator[str]:
        yield from self.rest["settings"].values()
        for table in ("journals", "groups", "taxes"):
            for row in self.rest[table].values():
                yield from (str(row[link]) for link in NAMED if row.get(link))


def available() -> list[str]:
    """The keys of the charts that can be loaded."""
    return sorted(path.stem for path in CHARTS.glob("*.toml"))


@verb("accounting.load_chart")
def load(companies: QuerySet[Company], chart: str, *, by: Actor) -> list[CompanyAccounting]:
    """Set up the books of companies by a chart: accounts, journals, taxes and default accounts.

    Loaded again, it brings what the chart has more since and leaves alone what people have changed. **Refuses with**
    `UnknownChart`, and with `OtherChartLoaded` for a company that has posted entries by another chart.
    """
    found = Chart.named(chart)
    settings = []
    for company in companies.order_by("pk").select_for_update(of=("self",)):
        known = CompanyAccounting.objects.filter(company=company).first()
        if known and known.chart and known.chart != chart and _has_books(company):
            raise OtherChartLoaded(company=company, chart=known.chart)
        settings.append(_load(company, found))
    return settings


def _has_books(company: Company) -> bool:
    return JournalEntry.objects.filter(company=company, was_posted=True).exists()


def _load(company: Company, chart: Chart) -> CompanyAccounting:
    loading = _Loading(company, chart)
    accounts = loading.accounts()
    journals = loading.journals(accounts)
    taxes = loading.taxes(accounts)
    wanted = loading.defaults(accounts, journals, taxes)
    settings, made = CompanyAccounting.objects.get_or_create(
        company=company, defaults={"chart": chart.key, **wanted}
    )
    missing = {
        name: pk for name, pk in wanted.items() if not made and getattr(settings, name) is None
    }
    if missing or settings.chart != chart.key:
        CompanyAccounting.objects.filter(company=company).update(chart=chart.key, **missing)
        settings.refresh_from_db()
    return settings


@dataclass(frozen=True)
class _Loading:
    """The work on one company. Every row is a seed, known by company and key."""

    company: Company
    chart: Chart

    def _upsert(self, model: type[Model], rows: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
        kind = model._meta.model_name
        named = {
            self._name(f"{kind}_{key}"): {"company_id": self.company.pk, **row}
            for key, row in rows.items()
        }
        found = upsert(model, "accounting", named)
        return {key: found[self._name(f"{kind}_{key}")] for key in rows}

    def _name(self, key: str) -> str:
        return f"company{self.company.pk}_{key}"

    def accounts(self) -> Ids:
        """Write the accounts; answers their ids by code."""
        return self._upsert(
            Account,
            {
                row["code"]: {
                    "code": row["code"],
                    "name_en": row["name_en"],
                    "name_ind": row["name_ind"],
                    "kind": row["kind"],
                    "is_reconcilable": row["kind"] in ALWAYS_RECONCILED
                    or row["reconcile"] == "yes",
                }
                for row in self.chart.accounts
            },
        )

    def journals(self, accounts: Ids) -> Ids:
        """Write the journals; answers their ids by key."""
        rows = {}
        for place, (key, row) in enumerate(self.chart.rest["journals"].items()):
            rows[key] = {
                "code": row["code"],
                "kind": row["kind"],
                "name_en": row["en"],
                "name_ind": row["ind"],
                "sequence": 10 * (place + 1),
                "has_refund_sequence": row.get("refunds", False),
                "default_account_id": accounts.get(row.get("account", "")),
                "suspense_account_id": accounts.get(row.get("suspense", "")),
            }
        return self._upsert(Journal, rows)

    def taxes(self, accounts: Ids) -> Ids:
        """Write tax groups, taxes, their tags and repartition; answers the ids of the taxes by key."""
        given = self.chart.rest["taxes"]
        groups = self._upsert(
            TaxGroup,
            {
                key: {
                    "name_en": row["en"],
                    "name_ind": row["ind"],
                    "country_id": self.company.country_id,
                    "payable_account_id": accounts.get(row.get("payable", "")),
                    "receivable_account_id": accounts.get(row.get("receivable", "")),
                }
                for key, row in self.chart.rest["groups"].items()
            },
        )
        rows = {
            key: self._tax(row, place, groups) for place, (key, row) in enumerate(given.items())
        }
        taxes = self._upsert(Tax, rows)
        self._repartition(taxes, accounts)
        return taxes

    def _tax(self, row: Mapping[str, Any], place: int, groups: Ids) -> dict[str, Any]:
        numerator, denominator = row.get("base", (1, 1))
        return {
            "use": row["use"],
            "kind": row.get("kind", Tax.Kind.PERCENT),
            "rate": Decimal(row["rate"]),
            "base_numerator": numerator,
            "base_denominator": denominator,
            "inclusion": Tax.Inclusion.INCLUDED if row.get("included") else "",
            "is_base_affected": row.get("raised", True),
            "sequence": row.get("sequence", place + 1),
            "group_id": groups[row["group"]],
            "country_id": self.company.country_id,
            "name_en": row["en"],
            "name_ind": row["ind"],
            "invoice_label_en": row.get("label_en", row["en"]),
            "invoice_label_ind": row.get("label_ind", row["ind"]),
        }

    def _repartition(self, taxes: Ids, accounts: Ids) -> None:
        rows: dict[str, dict[str, Any]] = {}
        tags: dict[str, str] = {}
        for key, row in self.chart.rest["taxes"].items():
            for document in TaxRepartition.Document.values:
                parts = [("base", "100", "", row.get("base_tag"))]
                parts.append(("tax", "100", row.get("account", ""), row.get("tag")))
                if "back" in row:
                    parts.append(("tax", "-100", row["back"], None))
                for place, (kind, factor, account, tag) in enumerate(parts):
                    name = self._name(f"taxrepartition_{key}_{document}_{place}")
                    rows[name] = {
                        "tax_id": taxes[key],
                        "document": document,
                        "kind": kind,
                        "factor_percent": Decimal(factor),
                        "account_id": accounts.get(account),
                        "sequence": place + 1,
                    }
                    if tag:
                        tags[name] = tag
        self._tag(upsert(TaxRepartition, "accounting", rows), tags)

    def _tag(self, repartition: Ids, tags: Mapping[str, str]) -> None:
        named = {
            f"tag_{self.chart.key}_{key}": {
                "name_en": row["en"],
                "name_ind": row["ind"],
                "use": AccountTag.Use.TAXES,
            }
            for key, row in self.chart.rest["tags"].items()
        }
        ids = upsert(AccountTag, "accounting", named)
        through = TaxRepartition.tags.through
        through._default_manager.bulk_create(
            [
                through(
                    taxrepartition_id=repartition[name],
                    accounttag_id=ids[f"tag_{self.chart.key}_{tag}"],
                )
                for name, tag in tags.items()
            ],
            ignore_conflicts=True,
        )

    def defaults(self, accounts: Ids, journals: Ids, taxes: Ids) -> dict[str, int]:
        """The default accounts, journals and taxes that the settings name."""
        wanted = {}
        for name, key in self.chart.rest["settings"].items():
            ids = (
                taxes
                if name.endswith("_tax")
                else journals
                if name.endswith("_journal")
                else accounts
            )
            wanted[f"{name}_id"] = ids[key]
        return wanted
