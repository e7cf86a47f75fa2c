"""What happened in the demo companies: who bought and sold what, who paid, and who did not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accounting.data.demo_calendar import Calendar, Month
from accounting.models import Account, Journal, JournalEntry, Tax
from accounting.services import entries, invoices, payments
from base.actors import Actor
from base.external_ids import row_ids
from base.models import Currency, Partner, Product

Row = dict[str, Any]
Lines = list[Row]

CUSTOMERS = (
    "kopi_nusantara", "warung_bahari", "hotel_merapi", "graha_medika", "sekolah_pelita", "bangun_perkasa",
    "toko_makmur", "bali_resort", "digital_kreasi", "apotek_sehat", "medan_sawit", "makassar_laut", "klinik_bunda",
    "dinas_pendidikan", "batam_teknik", "konveksi_bandung",
)  # fmt: skip
# Who buys abroad: in which money, and what a kilogram of beans costs there.
ABROAD = (
    ("lion_trading", "SGD", "7.35"),
    ("berlin_kaffee", "EUR", "4.90"),
    ("seattle_roasters", "USD", "5.80"),
)
DAILY = (
    "kopi_arabika", "kopi_robusta", "kopi_bubuk", "teh_hitam", "teh_hijau", "gula_aren", "susu_uht", "kertas_a4",
    "pulpen", "map_arsip", "gelas_kertas", "sendok_kayu",
)  # fmt: skip
RARE = (
    "mesin_espresso",
    "penggiling",
    "dispenser",
    "printer",
    "kursi_kantor",
    "meja_kerja",
    "toner",
)
# Which vendor sells what.
VENDORS = {
    "petani_gayo": ("kopi_arabika", "kopi_robusta", "kopi_curah"),
    "teh_pagilaran": ("teh_hitam", "teh_hijau"),
    "kertas_indah": ("kertas_a4", "map_arsip", "gelas_kertas"),
    "sinar_elektronik": ("printer", "toner", "dispenser"),
    "mebel_jepara": ("kursi_kantor", "meja_kerja"),
}
OPENING = {
    "1111": 950_000_000, "1101": 15_000_000, "1301": 640_000_000, "1604": 60_000_000, "1704": 420_000_000,
    "1705": -105_000_000, "1706": 185_000_000, "1707": -62_000_000, "2201": -400_000_000, "3101": -1_500_000_000,
    "3201": -203_000_000,
}  # fmt: skip
SALARIES = {
    "6101": 96_000_000,
    "6103": 6_240_000,
    "2131": -3_150_000,
    "2113": -2_880_000,
    "2114": -4_320_000,
}
DEPRECIATION = {"6502": 4_375_000, "1705": -4_375_000, "6503": 2_310_000, "1707": -2_310_000}
BANK_CHARGES = {"7204": 185_000, "1111": -185_000}
PAY_DAYS = (5, 12, 19, 26)


@dataclass
class Story:
    """The history of one company, with what it needs at hand."""

    company_id: int
    calendar: Calendar
    by: Actor
    partners: dict[str, int]
    products: dict[str, int]
    accounts: dict[str, int]
    taxes: dict[str, int]
    journals: dict[str, int]
    currencies: dict[str, int]

    @classmethod
    def of(cls, company_id: int, calendar: Calendar, by: Actor) -> "Story":
        """Look up what the history speaks of."""
        own = {"company": company_id}
        return cls(
            company_id,
            calendar,
            by.for_companies([company_id]),
            {name.removeprefix("partner_"): pk for name, pk in row_ids(Partner, "demo").items()},
            {name.removeprefix("product_"): pk for name, pk in row_ids(Product, "demo").items()},
            dict(Account.objects.filter(**own).values_list("code", "pk")),
            dict(Tax.objects.filter(**own).values_list("name_en", "pk")),
            dict(Journal.objects.filter(**own).values_list("code", "pk")),
            dict(Currency.objects.values_list("code", "pk")),
        )

    def opening(self) -> int:
        """Write the opening balances; answers the entry's id."""
        months = self.calendar.months()
        day = months[0].first - timedelta(days=1)
        return self._write([self._plain(day, "Saldo awal", OPENING)])[0].pk

    def documents(self) -> None:
        """Write and post the invoices and bills of every month, in one go."""
        rows = [row for month in self.calendar.months() for row in self._of_month(month)]
        self._write(rows)

    def salaries(self) -> None:
        """Pay salaries on the 25th, depreciate and pay the bank on the last day of each month that is over."""
        rows = []
        for month in self.calendar.months():
            paid = month.day(25)
            if paid:
                booked = {**SALARIES, "1111": -sum(SALARIES.values())}
                rows.append(self._plain(paid, f"Gaji {month.number:02}/{month.year}", booked))
            if month.last <= self.calendar.today:
                rows.append(
                    self._plain(
                        month.last, f"Penyusutan {month.number:02}/{month.year}", DEPRECIATION
                    )
                )
                rows.append(
                    self._plain(month.last, f"Administrasi bank {month.number:02}", BANK_CHARGES)
                )
        self._write(rows)

    def payments(self) -> None:
        """Let most documents be paid about when they fall due, some in part, some late, some not at all."""
        due: dict[tuple[date, bool], list[int]] = {}
        for entry in JournalEntry.objects.open().filter(company=self.company_id).order_by("pk"):
            luck = Month(entry.date.year, entry.date.month, self.calendar.today).luck(
                f"pays {entry.number}"
            )
            habit = luck.random()
            slack = luck.choice((-3, 0, 2, 6)) if entry.is_sale else luck.choice((-2, 0))
            if habit > 0.88:
                continue
            day = self._pay_day((entry.due_date or entry.date) + timedelta(days=slack))
            if day is not None:
                due.setdefault((day, habit > 0.8 and entry.is_sale), []).append(entry.pk)
        for (day, in_part), ids in sorted(due.items()):
            self._pay(ids, day, in_part=in_part)

    def returns(self) -> None:
        """Give the goods of a small bill back to the vendor in every other month, before any of it is paid."""
        self._take_back(JournalEntry.Kind.IN_INVOICE, 1, "total", "Dikembalikan ke pemasok")

    def credit_notes(self) -> None:
        """Take some goods back in the months between: the note settles an invoice that nobody has paid."""
        self._take_back(JournalEntry.Kind.OUT_INVOICE, 0, "pk", "Barang dikembalikan")

    def _take_back(self, kind: str, odd: int, order: str, reason: str) -> None:
        unpaid = JournalEntry.objects.open().filter(
            company=self.company_id, kind=kind, payment_state=JournalEntry.PaymentState.NOT_PAID
        )
        for month in self.calendar.months():
            day = month.day(24)
            if day and month.number % 2 == odd:
                rows = unpaid.filter(date__gte=month.first, date__lt=day).order_by(order, "pk")
                ids = list(rows.values_list("pk", flat=True)[:1])
                first = JournalEntry.objects.filter(pk__in=ids)
                entries.reverse(first, by=self.by, on=day, reason=reason, settles=True)

    def work_in_progress(self) -> None:
        """Leave a few drafts to be finished."""
        month = self.calendar.months()[-1]
        luck = month.luck("drafts")
        rows = [
            self._invoice(self.calendar.today, customer, luck)
            for customer in luck.sample(CUSTOMERS, 3)
        ]
        invoices.draft(rows, by=self.by, on=self.calendar.today)

    def small_trade(self) -> None:
        """A short history: some sugar bought and sold."""
        rows = []
        for month in self.calendar.months()[-3:]:
            luck = month.luck("timur")
            for number in (4, 11, 18):
                day = month.day(number)
                if day:
                    lines = [
                        {
                            "label": "Gula pasir 50 kg",
                            "quantity": Decimal(luck.randint(5, 40)),
                            "unit_price": Decimal(745000),
                        }
                    ]
                    rows.append(self._document("out_invoice", day, "sumber_rejeki", lines))
                    lines = [{**lines[0], "unit_price": Decimal(690000)}]
                    rows.append(
                        self._document(
                            "in_invoice",
                            day,
                            "pabrik_gula",
                            lines,
                            reference=f"PGT-{number:02}{month.number:02}",
                        )
                    )
        self._write(rows)
        self.payments()

    def _of_month(self, month: Month) -> Iterable[Row]:
        luck = month.luck("sales")
        for customer in sorted(luck.choices(CUSTOMERS, k=22), key=CUSTOMERS.index):
            day = month.day(luck.randint(1, 28))
            row = self._invoice(day or month.last, customer, luck)
            if day:
                yield row
        yield from self._exports(month)
        yield from self._purchases(month)
        yield from self._running_costs(month)

    def _invoice(self, day: date, customer: str, luck: Random) -> Row:
        wanted = luck.sample(DAILY, luck.randint(1, 4))
        lines: Lines = [self._line(key, luck.randint(2, 40)) for key in wanted]
        if luck.random() < 0.25:
            lines.append(self._line(luck.choice(RARE), luck.randint(1, 2)))
        if luck.random() < 0.2:
            lines.append(self._line("jasa_kirim", 1))
        if luck.random() < 0.15:
            lines[0]["discount"] = Decimal(5)
        return self._document("out_invoice", day, customer, lines)

    def _exports(self, month: Month) -> Iterable[Row]:
        luck = month.luck("exports")
        day = month.day(luck.randint(8, 20))
        if day:
            customer, currency, price = ABROAD[month.number % len(ABROAD)]
            line = {
                **self._line("kopi_curah", luck.randint(200, 900)),
                "unit_price": Decimal(price),
                "taxes": [self.taxes["PPN 0% (export)"]],
                "account_id": self.accounts["4103"],
            }
            money = {"currency_id": self.currencies[currency]}
            yield self._document("out_invoice", day, customer, [line], **money)

    def _purchases(self, month: Month) -> Iterable[Row]:
        luck = month.luck("purchases")
        for vendor, goods in VENDORS.items():
            for _time in range(2 if vendor == "petani_gayo" else 1):
                day = month.day(luck.randint(2, 26))
                lines = [
                    self._line(key, luck.randint(20, 120) if key in DAILY else luck.randint(2, 6))
                    for key in goods
                ]
                if day:
                    reference = f"{vendor[:3].upper()}/{month.year}/{luck.randint(1000, 9999)}"
                    yield self._document("in_invoice", day, vendor, lines, reference=reference)

    def _running_costs(self, month: Month) -> Iterable[Row]:
        luck, tax = month.luck("costs"), self.taxes
        rent = [{"product_id": self.products["sewa_kantor"], "unit_price": Decimal(35_000_000),
                 "taxes": [tax["PPN input 12% (11/12)"], tax["PPh 4(2) 10% (rent of land and buildings)"]]}]  # fmt: skip
        power = [{"product_id": self.products["listrik"], "unit_price": Decimal(luck.randint(42, 61) * 100_000),
                  "taxes": [tax["PPN input exempt"]]}]  # fmt: skip
        freight = [{"product_id": self.products["jasa_kirim"], "quantity": Decimal(luck.randint(20, 45)), "unit_price": Decimal(110_000),
                    "taxes": [tax["PPN input 12% (11/12)"], tax["PPh 23 2% (services)"]]}]  # fmt: skip
        for number, vendor, lines in (
            (1, "graha_sewa", rent),
            (20, "listrik_negara", power),
            (27, "logistik_cepat", freight),
        ):
            day = month.day(number)
            if day:
                yield self._document(
                    "in_invoice",
                    day,
                    vendor,
                    lines,
                    reference=f"{vendor[:3].upper()}-{month.year}{month.number:02}",
                )

    def _line(self, key: str, quantity: int) -> Row:
        return {"product_id": self.products[key], "quantity": Decimal(quantity)}

    def _document(self, kind: str, day: date, partner: str, lines: Lines, **more: Any) -> Row:
        return {
            "company_id": self.company_id,
            "kind": kind,
            "partner_id": self.partners[partner],
            "invoice_date": day,
            "lines": lines,
            **more,
        }

    def _plain(self, day: date, label: str, amounts: dict[str, int]) -> Row:
        lines = [
            {"account_id": self.accounts[code], "label": label, "balance": Decimal(amount)}
            for code, amount in amounts.items()
        ]
        return {
            "company_id": self.company_id,
            "journal_id": self.journals["MISC"],
            "date": day,
            "reference": label,
            "lines": lines,
        }

    def _write(self, rows: list[Row]) -> list[JournalEntry]:
        today = self.calendar.today
        made = invoices.draft(rows, by=self.by, on=today)
        return entries.post(
            JournalEntry.objects.filter(pk__in=[entry.pk for entry in made]), by=self.by, on=today
        )

    def _pay_day(self, wanted: date) -> date | None:
        """The next day on which the house pays and books receipts, if it has come."""
        for month in self.calendar.months():
            for number in PAY_DAYS:
                day = month.day(number)
                if day and day >= wanted:
                    return day
        return None

    def _pay(self, ids: list[int], day: date, *, in_part: bool) -> None:
        rows = JournalEntry.objects.filter(pk__in=ids)
        if not in_part:
            payments.register(rows, by=self.by, on=day)
            return
        for entry in rows.order_by("pk"):
            half = max(entry.residual / 2000, Decimal(1)).to_integral_value() * 1000
            payments.register(
                JournalEntry.objects.filter(pk=entry.pk), by=self.by, on=day, amount=half
            )
