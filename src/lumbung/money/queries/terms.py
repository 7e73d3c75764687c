"""Price sheets, tax rules, and how tax rules see parties."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import F, QuerySet

from lumbung.money import rules
from lumbung.money.models import PriceSheet, TaxRule, TaxStanding


def priced_at(line_key: str, moment: datetime) -> PriceSheet | None:
    """The price sheet of a line that was in force at a moment, with its rows."""
    sheets = PriceSheet.objects.filter(line=line_key, in_force_from__lte=moment)
    return sheets.prefetch_related("rows").order_by("-in_force_from", "-version").first()


def sheets_of(line_key: str) -> QuerySet[PriceSheet]:
    return PriceSheet.objects.filter(line=line_key).prefetch_related("rows").order_by("-version")


def newest_sheets() -> QuerySet[PriceSheet]:
    """The newest version of each line's sheet."""
    newest = PriceSheet.objects.filter(line=F("line")).order_by("line", "-version")
    kept: dict[str, int] = {}
    for line, pk in newest.values_list("line", "pk"):
        kept.setdefault(line, pk)
    return PriceSheet.objects.filter(pk__in=kept.values()).prefetch_related("rows").order_by("-pk")


def tax_rules() -> QuerySet[TaxRule]:
    return TaxRule.objects.order_by("supply", "payee_status", "payer_kind", "-in_force_from", "pk")


def tax_standing_of(party: str) -> tuple[str, str]:
    """As what a party is paid, and as what it pays; empty where nobody told."""
    rows = TaxStanding.objects.filter(party=party).order_by("-pk")
    status = rows.exclude(payee_status="").values_list("payee_status", flat=True).first()
    kind = rows.exclude(payer_kind="").values_list("payer_kind", flat=True).first()
    return status or "", kind or ""


def withheld_for(
    *, supply: str, payee: str, payer: str, amount: int, on: date
) -> Iterable[tuple[TaxRule, int]]:
    """The confirmed rules that apply to an amount between two parties, and what each withholds."""
    status, kind = tax_standing_of(payee)[0], tax_standing_of(payer)[1]
    applying = rules.rules_for(
        TaxRule.objects.filter(supply=supply, payee_status=status, payer_kind=kind).order_by("pk"),
        supply=supply,
        payee_status=status,
        payer_kind=kind,
        on=on,
        amount=amount,
    )
    return [(rule, taken) for rule in applying if (taken := rules.withheld(rule, amount))]


def tax_rule_names_of(keys: Collection[str]) -> dict[str, str]:
    numbers = {int(key[9:]): key for key in keys if key.startswith("tax_rule:") and key[9:].isdecimal()}
    names = TaxRule.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {numbers[pk]: name for pk, name in names}
