"""Deeds that the demo leaves out, so that every address has something to show."""

from typing import Any


def fill() -> None:
    """Do each deed once, through the rooms' own actions."""
    from lumbung.people.models import Person

    officer = Person.objects.get(email="rohani@contoh.test").key
    split_orders = _orders_with_shares()
    _send_bundle(split_orders, officer)
    _tell_reasons(split_orders, officer)
    _object(split_orders[0], officer)
    _list_village(split_orders[0], officer)
    _send_sheet(officer)
    _produce(officer)
    _give_back_after_letter(officer)
    _letter_by_link(officer)
    _make_dossier(split_orders[0], officer)
    _complain_of_a_lot(officer)
    _hand_over(officer)


def _hand_over(officer: str) -> None:
    """Of one share: pieces that wait to be looked at, pieces back for rework, and a complaint about them."""
    from foundation.errors import Refused
    from lumbung.complaints.actions import About, receive_complaint
    from lumbung.deliveries.actions import close_inspection, receive_delivery
    from lumbung.deliveries.rules import Found
    from lumbung.orders.models import Share

    confirmed = Share.objects.filter(state="accepted", deliveries=None, confirmed_quantity__gte=30)
    for share in confirmed.filter(line__order__cancelled_at=None).order_by("-pk"):
        try:
            looked = receive_delivery(share=share, quantity=12, by=officer)
            receive_delivery(share=share, quantity=8, by=officer)
        except Refused:
            continue
        close_inspection(delivery=looked, accepted=9, findings=[Found("seam", 3, "rework")], by=officer)
        receive_complaint(
            about=About(delivery=looked),
            words="Dua buah lepas jahitannya.",
            quantity=2,
            full_name="Pembeli Contoh",
            phone="0800-9999-0010",
            is_demo=True,
        )
        return
    raise AssertionError("The demo has no share of which something could be handed over")


def _complain_of_a_lot(officer: str) -> None:
    """A lot with its maker, and a complaint about it that is still open: so it may be recalled."""
    from foundation import clock
    from lumbung.complaints.actions import About, receive_complaint
    from lumbung.deliveries.models import Delivery
    from lumbung.lots.actions import MadeBy, make_lot

    share = Delivery.objects.select_related("share__maker", "share__line__kind").order_by("pk")[0].share
    lot = make_lot(
        goods=share.line.kind,
        quantity=40,
        made_by=[MadeBy(share.maker, 40)],
        made_from=clock.today(),
        by=officer,
        is_demo=True,
    )
    receive_complaint(
        about=About(lot=lot),
        words="Empat buah sobek di jahitannya.",
        quantity=4,
        full_name="Pembeli Contoh",
        phone="0800-9999-0009",
        is_demo=True,
    )


def _make_dossier(order: Any, officer: str) -> None:
    from lumbung.dossier.actions import export_dossier

    export_dossier(order=order, by=officer)
    _pay_with_photo()


def _give_back_after_letter(officer: str) -> None:
    """A share is less than its order letter says, so that there is one to be renewed."""
    from foundation.errors import Refused
    from lumbung.letters.models import Letter
    from lumbung.orders.actions.answering import release_share
    from lumbung.orders.models import Share

    lettered = Letter.objects.filter(kind="spk", voided_at=None).order_by("pk")
    for subject in lettered.values_list("subject", flat=True):
        share = Share.objects.get(pk=int(subject.partition(":")[2]))
        try:
            release_share(share=share, quantity=1, by=officer)
        except Refused:
            continue
        return
    raise AssertionError("The demo has no share with an order letter of which something could come back")


def _letter_by_link(officer: str) -> None:
    """The newest link to a confirmed share leads to its order letter."""
    from lumbung.orders.models import Share
    from lumbung.paperwork.actions import issue_about
    from lumbung.people.choices import LinkPurpose
    from lumbung.people.models import Link

    confirmed = {share.key: share for share in Share.objects.filter(state="accepted")}
    links = Link.objects.filter(purpose=LinkPurpose.ANSWER_SHARE, revoked_at=None).order_by("-pk")
    share = next(confirmed[link.subject] for link in links if link.subject in confirmed)
    issue_about(
        order=share.line.order, kind="spk", number=share.pk, by=officer, site="https://lumbung.contoh.test"
    )


def _orders_with_shares() -> list[Any]:
    from lumbung.orders.models import Order, Share

    open_orders = Share.objects.filter(state="offered").values("line__order")
    return list(Order.objects.filter(pk__in=open_orders, cancelled_at=None).order_by("-pk"))


def _send_bundle(orders: list[Any], officer: str) -> None:
    from lumbung.makers.models import Maker
    from lumbung.orders.actions.sending import send_bundle
    from lumbung.orders.models import Share
    from lumbung.orders.queries.shares import captains_of
    from lumbung.people.models import Person

    for order in orders:
        waiting = Share.objects.filter(line__order=order, state="offered")
        groups = Maker.objects.filter(shares__in=waiting).values("party")
        for captain in Person.objects.filter(pk__in=captains_of(groups).values()).order_by("pk"):
            send_bundle(order=order, captain=captain, by=officer)
            return
    raise AssertionError("The demo has no captain with an open offer")


def _tell_reasons(orders: list[Any], officer: str) -> None:
    from lumbung.objections.actions.reasons import tell_by_whatsapp
    from lumbung.objections.queries.reasons import waiting_of

    maker = next(maker for maker in waiting_of(orders[0])[:200] if maker.owner.phone)
    tell_by_whatsapp(order=orders[0], maker=maker, by=officer)


def _object(order: Any, officer: str) -> None:
    from lumbung.objections.actions.objecting import answer_objection, file_by_visitor
    from lumbung.objections.queries.objections import able_to_answer

    filed = [
        file_by_visitor(
            order=order,
            about="rule",
            words="Mengapa desa kami tidak mendapat bagian padahal dekat dengan titik kumpul?",
            full_name=name,
            phone=phone,
        )
        for name, phone in (("Pengamat Contoh", "0800-9999-0001"), ("Pengamat Kedua", "0800-9999-0002"))
    ]
    if able := able_to_answer(filed[0]):
        answer_objection(
            objection=filed[0],
            outcome="dismissed",
            reason="Aturan yang sama dipakai untuk semua pelaku; angkanya ada pada bukti.",
            public_words="Aturan yang sama dipakai untuk semua pelaku.",
            by=able[0].key,
            looked=True,
        )


def _list_village(order: Any, officer: str) -> None:
    from lumbung.orders.actions.priority import add_priority_village
    from lumbung.orders.models import PriorityVillage
    from lumbung.places.models import Village

    if not PriorityVillage.objects.exists():
        village = Village.objects.order_by("pk")[0]
        add_priority_village(village=village, basis="DATA CONTOH: keputusan 7/2026", by=officer)


def _produce(officer: str) -> None:
    """Links to a share that a captain has passed on: to the maker, the captain, and two of the members."""
    from foundation import clock
    from lumbung.orders.queries.offers import bundle_subject
    from lumbung.orders.queries.shares import captains_of
    from lumbung.people.actions import change_contact, usable_secret
    from lumbung.people.choices import LinkPurpose
    from lumbung.people.models import Person
    from lumbung.production.actions.making import tell_made
    from lumbung.production.actions.sending import reach_maker, reach_member
    from lumbung.production.queries.parts import made_by_members, parts_of

    share = share_with_parts()
    parts = list(parts_of(share))
    made = made_by_members(share)
    agreed = next(part for part in parts if part.confirmed_at and made.get(part.person_id, 0) < part.quantity)
    waiting = next(part for part in parts if not part.confirmed_at)
    if not agreed.person.phone:
        agreed.person = change_contact(agreed.person, phone="0800-9999-0003", email=None, by=officer)
    today = clock.today()
    tell_made(share=share, quantity=1, made_on=today, entry_key="browser", part=agreed, by=officer)
    reach_maker(share=share, by=officer)
    for part in (agreed, waiting):
        reach_member(part=part, by=officer)
    group = share.maker.party_id
    captain = Person.objects.get(pk=captains_of([group])[group])
    subject = bundle_subject(captain, share.line.order)
    usable_secret(purpose=LinkPurpose.CAPTAIN_BUNDLE, subject=subject, person=captain, by=officer)


def share_with_parts() -> Any:
    """The demo's share that a captain has passed on to the houses of the group."""
    from lumbung.production.models import Part

    return Part.objects.select_related("share__line__order", "share__maker__owner").order_by("pk")[0].share


def _send_sheet(officer: str) -> None:
    """A sheet of makers with faults, checked; and a long work that fails, because its sheet is gone."""
    from foundation.work import start
    from lumbung.makers.actions.imports import CHECK, check_import, send_import
    from lumbung.makers.tests.sheets import FINE, xlsx

    faulty = [
        FINE,
        [*FINE[:3], "Desa Yang Tidak Ada", *FINE[4:]],
        [*FINE[:6], "lima", *FINE[7:]],
        ["", *FINE[1:]],
    ]
    checked = send_import(content=xlsx(*faulty), name="IKM penjahit Wanasaba 2026.xlsx", by=officer)
    check_import(batch=checked, by=officer)
    start(CHECK, by=officer, about="IKM kedua.xlsx", back="/pelaku/impor/", batch=0)


def _pay_with_photo() -> None:
    """A thousand rupiah of the share that waits longest, proved by a photo."""
    from foundation import clock
    from lumbung.files.tests.factories import photo
    from lumbung.money import actions, queries
    from lumbung.money.models import Standing
    from lumbung.people.models import Person

    treasurer = Person.objects.get(email="zaini@contoh.test").key
    waiting = Standing.objects.filter(open_rupiah__gt=100_000).order_by("pay_on", "pk")[0]
    first = queries.entitled_now(waiting)[0]
    actions.record_payment(
        payer=waiting.payer,
        payee=first.holder,
        paid_on=clock.today(),
        shares={waiting.share: 1000},
        proof=actions.Proof(photo(), "bukti transfer.jpg"),
        entry_key="fill:photo",
        by=treasurer,
    )
