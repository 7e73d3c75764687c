"""Material and lots on a maker's page, and how the list of records names and tells them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.panels import Panel, Way, register_panel, register_way
from lumbung.lots import choices
from lumbung.lots.choices import MaterialUnit, StoreKind
from lumbung.lots.queries import holdings, kinds, lots
from lumbung.lots.queries.access import may_keep_store, may_see_store
from lumbung.lots.queries.wording import account_in_words, what_in_words
from lumbung.lots.rules.amounts import amount, amount_in
from lumbung.makers.models import Maker
from lumbung.makers.queries import makers_kept_by, makers_of
from lumbung.records.queries import Told, name_keys, word_deed, word_fields

ACCOUNTS_SHOWN = 12
LOTS_SHOWN = 6


def of_maker(maker: Maker, person: object) -> Panel | None:
    """For the office and for whoever answers for the maker: open material first, and the newest lots."""
    if not (may_see_store(person) or makers_of(person).filter(pk=maker.pk).exists()):
        return None
    found = holdings.material_of_makers([maker.pk], most=ACCOUNTS_SHOWN)
    newest = lots.lots_of_makers([maker.pk])[:LOTS_SHOWN]
    keeps = may_keep_store(person) and makers_kept_by(person).filter(pk=maker.pk).exists()
    if not (found or newest or keeps):
        return None
    content = {
        "maker": maker,
        "accounts": [account_in_words(one) for one in found],
        "lots": [(lot, what_in_words(lot.what), amount(lot.quantity, lot.what)) for lot in newest],
        "keeps": keeps,
    }
    return Panel("lots/parts/of_maker.html", content)


register_panel("makers.detail.orders", of_maker)
register_panel("makers.mine", of_maker)
register_way("makers.list", Way(gettext_lazy("Material and lots"), "lots:store", may_see_store))


@name_keys("material")
def materials(keys: Collection[str]) -> Mapping[str, str]:
    return kinds.names_of_materials(keys)


@name_keys("goods")
def goods(keys: Collection[str]) -> Mapping[str, str]:
    return kinds.product_words(keys)


@name_keys("store")
def stores(keys: Collection[str]) -> Mapping[str, str]:
    return kinds.names_of_stores(keys)


@name_keys("lot")
def lots_named(keys: Collection[str]) -> Mapping[str, str]:
    return lots.names_of(keys)


@name_keys("recall")
def recalls(keys: Collection[str]) -> Mapping[str, str]:
    return lots.names_of_recalls(keys)


# Deeds in words


def _amount(told: Told) -> str:
    said = told.content
    is_material = str(said.get("what", "material:")).startswith("material:")
    return amount_in(abs(said["quantity"]), said["unit"], material=said.get("material", is_material))


def _what(told: Told, field: str = "what") -> str:
    """A lot by its code and kind, material by its name, goods by their code."""
    key = told.content.get("lot") or told.content[field]
    return told.name(key).removeprefix("goods:")


def _moved(sentence: Any) -> Callable[[Told], str]:
    def wording(told: Told) -> str:
        said = told.content
        return str(sentence) % {
            "amount": _amount(told),
            "what": _what(told),
            "from": told.name(said.get("from", "")),
            "to": told.name(said.get("to", "")),
        }

    return wording


def _of(sentence: Any) -> Callable[[Told], str]:
    return lambda told: str(sentence) % {"subject": told.subject, **told.content}


def _made(told: Told) -> str:
    amount = amount_in(told.content["quantity"], told.content["unit"], material=False)
    return _("Lot %(lot)s was written down: %(amount)s.") % {"lot": told.subject, "amount": amount}


def _joined(told: Told) -> str:
    return _("Lot %(lot)s was poured together: %(amount)s out of %(count)s lots.") % {
        "lot": told.subject,
        "amount": _amount(told),
        "count": len(told.content["parts"]),
    }


def _recalled(told: Told) -> str:
    return _("Recall %(recall)s: %(count)s lots. %(reason)s") % {
        "recall": told.subject,
        "count": len(told.content["lots"]),
        "reason": told.content["reason"],
    }


_SENTENCES: dict[str, Callable[[Told], str]] = {
    choices.STORE_OPENED: _of(gettext_lazy("%(name)s was opened.")),
    choices.MATERIAL_ADDED: _of(gettext_lazy("The material %(name)s was added.")),
    choices.NORM_SET: lambda told: (
        _("A thousand of %(product)s need %(amount)s of %(material)s.")
        % {
            "product": _what(told, "product"),
            "amount": amount_in(told.content["per_thousand"], told.content["unit"], material=True),
            "material": told.subject,
        }
    ),
    choices.LOSS_RATE_SET: lambda told: (
        _("The stated loss of %(material)s was set.") % {"material": told.subject}
    ),
    choices.RECEIVED: _moved(gettext_lazy("%(to)s received %(amount)s of %(what)s.")),
    choices.HANDED_OUT: _moved(gettext_lazy("%(from)s handed out %(amount)s of %(what)s to %(to)s.")),
    choices.TAKEN_BACK: _moved(gettext_lazy("%(amount)s of %(what)s came back from %(from)s.")),
    choices.USED: _moved(gettext_lazy("%(from)s used %(amount)s of %(what)s.")),
    choices.LOST: _moved(gettext_lazy("%(amount)s of %(what)s were lost at %(from)s.")),
    choices.CUT: lambda told: (
        _("%(what)s was cut at %(store)s.") % {"what": _what(told), "store": told.subject}
    ),
    choices.ADJUSTED: lambda told: (
        _("%(store)s was counted anew: a difference of %(amount)s of %(what)s.")
        % {"store": told.subject, "amount": _amount(told), "what": _what(told)}
    ),
    choices.MOVED: _moved(gettext_lazy("%(amount)s of %(what)s went from %(from)s to %(to)s.")),
    choices.CORRECTED: lambda told: (
        _("An entry of %(amount)s of %(what)s was corrected.")
        % {"amount": _amount(told), "what": _what(told)}
    ),
    choices.LOT_MADE: _made,
    choices.LOTS_JOINED: _joined,
    choices.LOT_HELD: _of(gettext_lazy("Lot %(subject)s is held back: %(reason)s")),
    choices.LOT_RELEASED: _of(gettext_lazy("Lot %(subject)s was released.")),
    choices.LOTS_RECALLED: _recalled,
}
_LABELS = {
    choices.STORE_OPENED: gettext_lazy("Store opened"),
    choices.MATERIAL_ADDED: gettext_lazy("Material added"),
    choices.NORM_SET: gettext_lazy("Consumption norm set"),
    choices.LOSS_RATE_SET: gettext_lazy("Stated loss set"),
    choices.RECEIVED: gettext_lazy("Material received"),
    choices.HANDED_OUT: gettext_lazy("Material handed out"),
    choices.TAKEN_BACK: gettext_lazy("Material taken back"),
    choices.USED: gettext_lazy("Material used"),
    choices.LOST: gettext_lazy("Material or goods lost"),
    choices.CUT: gettext_lazy("Material cut"),
    choices.ADJUSTED: gettext_lazy("Store counted anew"),
    choices.MOVED: gettext_lazy("Material or goods moved"),
    choices.CORRECTED: gettext_lazy("Movement corrected"),
    choices.LOT_MADE: gettext_lazy("Lot written down"),
    choices.LOTS_JOINED: gettext_lazy("Lots poured together"),
    choices.LOT_HELD: gettext_lazy("Lot held back"),
    choices.LOT_RELEASED: gettext_lazy("Lot released"),
    choices.LOTS_RECALLED: gettext_lazy("Lots recalled"),
}


def sentence_of(told: Told) -> str:
    """A deed of this room as a sentence."""
    return _SENTENCES[told.record.deed](told)


for _deed, _label in _LABELS.items():
    word_deed(_deed, _label)(sentence_of)


word_fields(
    "lots",
    {
        "name": gettext_lazy("Name"),
        "kind": gettext_lazy("What it is for"),
        "store_opened.kind": (gettext_lazy("What it is for"), StoreKind.choices),
        "village": gettext_lazy("Code of the village"),
        "unit": (gettext_lazy("Unit"), MaterialUnit.choices),
        "tracks_lots": gettext_lazy("Kept apart by lot"),
        "product": gettext_lazy("Product"),
        "per_thousand": gettext_lazy("For a thousand pieces, in base units"),
        "valid_from": gettext_lazy("Valid from"),
        "basis": gettext_lazy("Basis"),
        "rate_bp": gettext_lazy("Stated loss, hundredths of a percent"),
        "entry": gettext_lazy("Entry"),
        "corrects": gettext_lazy("Corrected entry"),
        "anew": gettext_lazy("Entry written down anew"),
        "right": gettext_lazy("Right amount, in base units"),
        "what": gettext_lazy("What"),
        "goods": gettext_lazy("Kind of goods"),
        "quantity": gettext_lazy("Quantity, in base units"),
        "from": gettext_lazy("From whom"),
        "to": gettext_lazy("To whom"),
        "subject": gettext_lazy("What for"),
        "lot": gettext_lazy("Lot"),
        "lots": gettext_lazy("Lots"),
        "parts": gettext_lazy("Lots"),
        "others": gettext_lazy("Other movements of the entry"),
        "taken": gettext_lazy("Taken to be cut, in base units"),
        "lost": gettext_lazy("Lost, in base units"),
        "material": gettext_lazy("Whether it is material"),
        "makers": gettext_lazy("Makers"),
        "holder": gettext_lazy("Where it lies"),
        "advice": gettext_lazy("What to do"),
    },
)
