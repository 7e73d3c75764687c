"""Who holds which certificate, and which end soon."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from foundation import clock
from lumbung.certification import rules
from lumbung.certification.choices import Covers
from lumbung.certification.models import HeldCertificate, Scheme
from lumbung.makers.models import Good, Maker
from lumbung.makers.queries import makers_kept_by, makers_seen_by
from lumbung.people.models import Person

WITH_HOLDER = ("scheme", "person", "good__kind", "good__maker__party")


def schemes() -> QuerySet[Scheme]:
    return Scheme.objects.order_by("name")


def holders(scheme_codes: Collection[str], kind_code: str, until: date) -> dict[str, set[int]]:
    """Scheme → the makers of this kind of goods that hold it on the day `until`; at most four queries.

    A skill counts when the owner or a person of a present household holds it, a product when the maker's good
    of this kind does. An unknown scheme is held by nobody.
    """
    found: dict[str, set[int]] = {code: set() for code in scheme_codes}
    covers = dict(Scheme.objects.filter(code__in=found).values_list("code", "covers"))
    skills = [code for code, kind in covers.items() if kind == Covers.SKILL]
    products = [code for code, kind in covers.items() if kind == Covers.PRODUCT]
    rows: list[tuple[str, int]] = []
    if skills:
        rows += _held_by_owners(skills, kind_code, until) + _held_by_households(skills, kind_code, until)
    if products:
        rows += _held_by_goods(products, kind_code, until)
    for code, maker in rows:
        found[code].add(maker)
    return found


def _valid(codes: Collection[str], until: date) -> QuerySet[HeldCertificate]:
    return HeldCertificate.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=until),
        scheme__in=codes,
        valid_from__lte=until,
        revoked_on__isnull=True,
    )


def _held_by_owners(codes: Collection[str], kind_code: str, until: date) -> list[tuple[str, int]]:
    held = _valid(codes, until).filter(
        person__owned_makers__goods__kind=kind_code, person__owned_makers__goods__stopped_on__isnull=True
    )
    return list(held.values_list("scheme_id", "person__owned_makers"))


def _held_by_households(codes: Collection[str], kind_code: str, until: date) -> list[tuple[str, int]]:
    held = _valid(codes, until).filter(
        person__houses__left_on__isnull=True,
        person__houses__maker__goods__kind=kind_code,
        person__houses__maker__goods__stopped_on__isnull=True,
    )
    return list(held.values_list("scheme_id", "person__houses__maker"))


def _held_by_goods(codes: Collection[str], kind_code: str, until: date) -> list[tuple[str, int]]:
    held = _valid(codes, until).filter(good__kind=kind_code, good__stopped_on__isnull=True)
    return list(held.values_list("scheme_id", "good__maker"))


def certificates_seen_by(person: object) -> QuerySet[HeldCertificate]:
    """The certificates of the makers that the person sees, and the own ones; who sees all makers sees all."""
    makers = makers_seen_by(person)
    if not makers.query.where:
        return HeldCertificate.objects.select_related(*WITH_HOLDER)
    return _of_makers(makers, own=person)


def certificates_kept_by(person: object) -> QuerySet[HeldCertificate]:
    """The certificates of the makers whose entries the person may change."""
    return _of_makers(makers_kept_by(person))


def _of_makers(makers: QuerySet[Maker], *, own: object = None) -> QuerySet[HeldCertificate]:
    """Asked of each certificate, so that whoever wants a few of them does not gather those of a whole regency."""
    makers = makers.order_by()
    of_makers = (
        Exists(makers.filter(goods=OuterRef("good")))
        | Exists(makers.filter(owner=OuterRef("person")))
        | Exists(makers.filter(houses__person=OuterRef("person"), houses__left_on__isnull=True))
    )
    whose = Q(of_makers) | Q(person=own) if isinstance(own, Person) else Q(of_makers)
    return HeldCertificate.objects.filter(whose).select_related(*WITH_HOLDER)


def maker_of(held: HeldCertificate) -> Maker:
    """The maker on whose page the certificate stands: of a person, the own one or the group of the house."""
    if held.good:
        return held.good.maker
    of_person = Q(owner=held.person_id) | Q(houses__person=held.person_id, houses__left_on__isnull=True)
    return Maker.objects.select_related("party").filter(of_person).order_by("pk")[0]


def certificates_of(maker: Maker) -> QuerySet[HeldCertificate]:
    """The certificates of a maker's goods and of its people, those that end first on top."""
    people = Q(person=maker.owner_id) | Q(
        person__in=maker.houses.filter(left_on__isnull=True).values("person")
    )
    held = HeldCertificate.objects.filter(people | Q(good__in=maker.goods.all()))
    return held.select_related("scheme", "person", "good__kind").order_by(
        F("revoked_on").asc(nulls_first=True), F("valid_until").asc(nulls_last=True), "pk"
    )


def expiring(
    held: QuerySet[HeldCertificate] | None = None, *, within_days: int = rules.EXPIRING_WITHIN_DAYS
) -> QuerySet[HeldCertificate]:
    """Of these certificates (or of all): valid today and ending within so many days, the first to end on top."""
    day = clock.today()
    held = HeldCertificate.objects.select_related(*WITH_HOLDER) if held is None else held
    ending = held.filter(
        revoked_on__isnull=True, valid_until__gte=day, valid_until__lte=day + timedelta(days=within_days)
    )
    return ending.order_by("valid_until", "pk")


def people_of(maker: Maker) -> QuerySet[Person]:
    """Whose skills count for a maker: the owner and the persons of present households."""
    houses = maker.houses.filter(left_on__isnull=True).values("person")
    return Person.objects.filter(Q(pk=maker.owner_id) | Q(pk__in=houses)).order_by("full_name", "pk")


def goods_of(maker: Maker) -> QuerySet[Good]:
    return (
        maker.goods.filter(stopped_on__isnull=True)
        .select_related("kind", "maker__party")
        .order_by("kind__name")
    )


def names_of(keys: Collection[str]) -> dict[str, str]:
    """What certificates are called, by their keys in the records: the scheme and whose it is."""
    numbers = {int(key.partition(":")[2]): key for key in keys if key.partition(":")[2].isdigit()}
    held = HeldCertificate.objects.filter(pk__in=numbers).select_related(
        "scheme", "person", "good__maker__party"
    )
    return {numbers[each.pk]: f"{each.scheme.words}, {holder_name(each)}" for each in held}


def holder_name(held: HeldCertificate) -> str:
    """The person, or the maker of the good."""
    if held.person:
        return held.person.full_name
    return str(held.good.maker) if held.good else ""
