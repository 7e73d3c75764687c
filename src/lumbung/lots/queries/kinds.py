"""Kinds of material, the norms and the stated losses that count on a day."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from lumbung.lots.models import LossRate, MaterialKind, Norm, Store
from lumbung.makers.models import GoodsKind


def materials() -> QuerySet[MaterialKind]:
    return MaterialKind.objects.order_by("name")


def loss_rate(material: MaterialKind, on: date) -> int:
    """What may be lost of a material without a reason on a day; nothing where nothing is stated."""
    return rates_on([material.pk], on).get(material.pk, 0)


def rates_on(materials: Collection[int], on: date) -> dict[int, int]:
    """Material → its stated loss on the day, in one query."""
    rates = LossRate.objects.filter(material__in=materials, valid_from__lte=on).order_by("valid_from", "pk")
    return dict(rates.values_list("material", "rate_bp"))


def norms_on(material: int, products: Iterable[str], on: date) -> dict[str, int]:
    """Product → what a thousand of it need of a material on the day, in one query."""
    return norms_of_all([material], products, on).get(material, {})


def norms_of_all(materials: Collection[int], products: Iterable[str], on: date) -> dict[int, dict[str, int]]:
    """The same for several materials, still in one query."""
    norms = Norm.objects.filter(material__in=materials, product__in=set(products), valid_from__lte=on)
    found: dict[int, dict[str, int]] = {}
    rows = norms.order_by("valid_from", "pk").values_list("material", "product", "per_thousand")
    for material, product, per_thousand in rows:
        found.setdefault(material, {})[product] = per_thousand
    return found


def norm_of(material: int, products: Iterable[str], on: date) -> int | None:
    """The norm of the first of the products that has one: of the line before the kind of goods."""
    wanted = list(products)
    found = norms_on(material, wanted, on)
    return next((found[product] for product in wanted if product in found), None)


def norms_of(material: MaterialKind) -> QuerySet[Norm]:
    return material.norms.order_by("product", "-valid_from", "-pk")


def all_norms() -> QuerySet[Norm]:
    return Norm.objects.select_related("material").order_by("material__name", "product", "-valid_from", "-pk")


def rates_of(material: MaterialKind) -> QuerySet[LossRate]:
    return material.loss_rates.order_by("-valid_from", "-pk")


def product_words(keys: Collection[str]) -> dict[str, str]:
    """What norms are about: goods and cut pieces by their names."""
    goods = {key: key[6:] for key in keys if key.startswith("goods:")}
    cut = {key: int(key[9:]) for key in keys if key.startswith("material:") and key[9:].isdecimal()}
    kinds = GoodsKind.objects.in_bulk(list(goods.values())) if goods else {}
    materials_ = MaterialKind.objects.in_bulk(list(cut.values())) if cut else {}
    words = {key: kinds[code].words for key, code in goods.items() if code in kinds}
    return words | {key: materials_[pk].name for key, pk in cut.items() if pk in materials_}


def names_of_materials(keys: Collection[str]) -> dict[str, str]:
    numbers = {key: int(key[9:]) for key in keys if key[9:].isdecimal()}
    names = dict(MaterialKind.objects.filter(pk__in=numbers.values()).values_list("pk", "name"))
    return {key: names[pk] for key, pk in numbers.items() if pk in names}


def names_of_stores(keys: Collection[str]) -> dict[str, str]:
    numbers = {key: int(key[6:]) for key in keys if key[6:].isdecimal()}
    names = dict(Store.objects.filter(pk__in=numbers.values()).values_list("pk", "name"))
    return {key: names[pk] for key, pk in numbers.items() if pk in names}
