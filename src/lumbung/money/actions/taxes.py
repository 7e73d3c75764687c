"""Writing tax rules, confirming and ending them; telling how they see a party."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused, refuse
from lumbung.money import rules
from lumbung.money.choices import (
    TAX_RULE_CONFIRMED,
    TAX_RULE_ENDED,
    TAX_RULE_WRITTEN,
    TAX_STANDING_TOLD,
    PayeeStatus,
    PayerKind,
    Rounding,
    Supply,
)
from lumbung.money.models import TaxRule, TaxStanding
from lumbung.records.actions import leave_record


def write_tax_rule(
    *,
    name: str,
    supply: Supply,
    payee_status: PayeeStatus,
    payer_kind: PayerKind,
    rate_bp: int,
    in_force_from: date,
    source: str,
    by: str,
    threshold_rupiah: int = 0,
    rounding: Rounding = Rounding.DOWN,
    in_force_until: date | None = None,
    is_demo: bool = False,
) -> TaxRule:
    """A rule with its source; it is off until somebody else confirms it."""
    refuse(
        rules.why_not_rule(
            name=name,
            source=source,
            rate_bp=rate_bp,
            in_force_from=in_force_from,
            in_force_until=in_force_until,
        ),
        field="name",
    )
    with transaction.atomic():
        rule = TaxRule.objects.create(
            name=" ".join(name.split())[:80],
            supply=supply,
            payee_status=payee_status,
            payer_kind=payer_kind,
            threshold_rupiah=threshold_rupiah,
            rate_bp=rate_bp,
            rounding=rounding,
            in_force_from=in_force_from,
            in_force_until=in_force_until,
            source=" ".join(source.split())[:300],
            written_by=by,
            is_demo=is_demo,
        )
        content = {
            "name": rule.name,
            "supply": str(supply),
            "payee_status": str(payee_status),
            "payer_kind": str(payer_kind),
            "threshold": threshold_rupiah,
            "rate_bp": rate_bp,
            "rounding": str(rounding),
            "in_force_from": in_force_from.isoformat(),
            "source": rule.source,
        }
        leave_record(subject=rule.key, deed=TAX_RULE_WRITTEN, by=by, content=content)
    return rule


def confirm_tax_rule(*, rule: TaxRule, by: str) -> TaxRule:
    """From now on it is withheld from what is raised; what was raised before stays as it is."""
    with transaction.atomic():
        rule = TaxRule.objects.select_for_update().get(pk=rule.pk)
        refuse(rules.why_not_confirm(written_by=rule.written_by, confirmed=rule.is_confirmed, by=by))
        rule.confirmed_at, rule.confirmed_by = clock.now(), by
        rule.save(update_fields=["confirmed_at", "confirmed_by"])
        leave_record(subject=rule.key, deed=TAX_RULE_CONFIRMED, by=by, content={"name": rule.name})
    return rule


def end_tax_rule(*, rule: TaxRule, until: date, by: str) -> TaxRule:
    """The last day on which it applies; ended twice is ended once."""
    with transaction.atomic():
        rule = TaxRule.objects.select_for_update().get(pk=rule.pk)
        if rule.in_force_until is not None:
            return rule
        refuse(
            rules.why_not_rule(
                name=rule.name,
                source=rule.source,
                rate_bp=rule.rate_bp,
                in_force_from=rule.in_force_from,
                in_force_until=until,
            ),
            field="until",
        )
        rule.in_force_until = until
        rule.save(update_fields=["in_force_until"])
        content = {"name": rule.name, "until": until.isoformat()}
        leave_record(subject=rule.key, deed=TAX_RULE_ENDED, by=by, content=content)
    return rule


def tell_tax_standing(
    *, party: str, by: str, payee_status: PayeeStatus | None = None, payer_kind: PayerKind | None = None
) -> TaxStanding:
    """How tax rules see a party from now on: as a payee, as a payer, or both."""
    if not (payee_status or payer_kind):
        raise Refused(_("Choose at least one of the two."), field="payee_status")
    with transaction.atomic():
        told = TaxStanding.objects.create(
            party=party, payee_status=payee_status or "", payer_kind=payer_kind or "", told_by=by
        )
        content = {"payee_status": told.payee_status, "payer_kind": told.payer_kind}
        leave_record(subject=party, deed=TAX_STANDING_TOLD, by=by, content=content)
    return told
