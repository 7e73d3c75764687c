"""Kinds of material, stores, norms and stated losses."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from foundation import clock
from foundation.errors import Refused
from lumbung.lots import choices
from lumbung.lots.choices import MaterialUnit, StoreKind
from lumbung.lots.models import LossRate, MaterialKind, Norm, Store
from lumbung.places.models import Village
from lumbung.records.actions import leave_record


def add_material(
    *, name: str, unit: MaterialUnit, tracks_lots: bool = False, is_demo: bool = False, by: str
) -> MaterialKind:
    """A kind of material for the whole province."""
    tidy = " ".join(name.split())
    if not tidy:
        raise Refused(_("Write its name."), field="name")
    with transaction.atomic():
        if MaterialKind.objects.filter(name__iexact=tidy).exists():
            raise Refused(_("This material stands in the list already."), field="name")
        found = MaterialKind.objects.create(name=tidy, unit=unit, tracks_lots=tracks_lots, is_demo=is_demo)
        content = {"name": tidy, "unit": str(unit), "tracks_lots": tracks_lots}
        leave_record(subject=found.key, deed=choices.MATERIAL_ADDED, by=by, content=content)
    return found


def open_store(*, name: str, kind: StoreKind, village: Village, is_demo: bool = False, by: str) -> Store:
    """A place of the office where things lie."""
    tidy = " ".join(name.split())
    if not tidy:
        raise Refused(_("Write its name."), field="name")
    with transaction.atomic():
        if Store.objects.filter(name__iexact=tidy).exists():
            raise Refused(_("A store has this name already."), field="name")
        store = Store.objects.create(name=tidy, kind=kind, village=village, is_demo=is_demo)
        content = {"name": tidy, "kind": str(kind), "village": village.pk}
        leave_record(subject=store.key, deed=choices.STORE_OPENED, by=by, content=content)
    return store


def set_norm(
    *,
    material: MaterialKind,
    product: str,
    per_thousand: int,
    basis: str,
    valid_from: date | None = None,
    by: str,
) -> Norm:
    """A thousand of the product need so much, from a day on; what stood before stays for the days before."""
    if per_thousand <= 0:
        raise Refused(_("Write an amount above zero."), field="amount")
    if product == material.key:
        raise Refused(_("Material is not made of itself."), field="product")
    _check_basis(basis)
    with transaction.atomic():
        norm = Norm.objects.create(
            material=material,
            product=product,
            per_thousand=per_thousand,
            basis=" ".join(basis.split())[:200],
            valid_from=valid_from or clock.today(),
            set_by=by,
        )
        content = {
            "product": product,
            "per_thousand": per_thousand,
            "unit": material.unit,
            "valid_from": norm.valid_from.isoformat(),
            "basis": norm.basis,
        }
        leave_record(subject=material.key, deed=choices.NORM_SET, by=by, content=content)
    return norm


def set_loss_rate(
    *, material: MaterialKind, rate_bp: int, basis: str, valid_from: date | None = None, by: str
) -> LossRate:
    """So much may be lost without a reason, from a day on."""
    if not 0 <= rate_bp < 10_000:
        raise Refused(_("A loss is less than all of it."), field="rate_bp")
    _check_basis(basis)
    with transaction.atomic():
        rate = LossRate.objects.create(
            material=material,
            rate_bp=rate_bp,
            basis=" ".join(basis.split())[:200],
            valid_from=valid_from or clock.today(),
            set_by=by,
        )
        content = {"rate_bp": rate_bp, "valid_from": rate.valid_from.isoformat(), "basis": rate.basis}
        leave_record(subject=material.key, deed=choices.LOSS_RATE_SET, by=by, content=content)
    return rate


def _check_basis(basis: str) -> None:
    if not basis.strip():
        raise Refused(_("Write where it comes from: a trial, a decree, an agreement."), field="basis")
