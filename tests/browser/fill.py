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


def _orders_with_shares() -> list[Any]:
    from lumbung.orders.models import Order, Share

    open_orders = Share.objects.filter(state="offered").values("line__order")
    return list(Order.objects.filter(pk__in=open_orders, cancelled_at=None).order_by("-pk"))


def _send_bundle(orders: list[Any], officer: str) -> None:
    from lumbung.makers.models import Maker
    from lumbung.orders.actions.sending import send_bundle
    from lumbung.orders.models import Share
    from lumbung.orders.queries.shares import captains_of

    for order in orders:
        waiting = Share.objects.filter(line__order=order, state="offered")
        for captain in captains_of(Maker.objects.filter(shares__in=waiting)).values():
            if captain.phone:
                send_bundle(order=order, captain=captain, by=officer)
                return
    raise AssertionError("The demo has no captain with an open offer")


def _tell_reasons(orders: list[Any], officer: str) -> None:
    from lumbung.orders.actions.reasons import tell_by_whatsapp
    from lumbung.orders.queries.reasons import waiting_of

    maker = next(maker for maker in waiting_of(orders[0])[:200] if maker.owner.phone)
    tell_by_whatsapp(order=orders[0], maker=maker, by=officer)


def _object(order: Any, officer: str) -> None:
    from lumbung.orders.actions.objections import answer_objection, file_by_visitor
    from lumbung.orders.queries.objections import able_to_answer

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
