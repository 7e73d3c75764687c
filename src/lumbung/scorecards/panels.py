"""Records, flags and thanks on pages of the rooms below, and how the list of records tells this room's deeds."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from foundation.panels import Panel, Way, register_panel, register_way
from lumbung.makers.models import Maker
from lumbung.makers.queries import makers_of
from lumbung.orders.models import Share
from lumbung.records.queries import Told, name_keys, word_deed, word_fields
from lumbung.scorecards import choices, queries, rules
from lumbung.scorecards.queries import idle, watch


def of_maker(maker: Maker, person: object) -> Panel | None:
    """For whoever answers for the maker all that counts now, for the office what it may read."""
    is_own = makers_of(person).filter(pk=maker.pk).exists()
    if not (is_own or queries.may_read_records(person)):
        return None
    rows = queries.own_records_of(maker) if is_own else queries.office_records_of([maker])
    return Panel("scorecards/parts/of_maker.html", {"maker": maker, "rows": rows, "is_own": is_own})


def flags_of_maker(maker: Maker, person: object) -> Panel | None:
    """For the office: what somebody should look at. The maker's own page says nothing of it."""
    if not queries.may_watch(person):
        return None
    flags = watch.open_flags_of(maker)
    if not flags:
        return None
    goods = watch.goods_words(flags)
    told = [
        (
            flag,
            rules.evidence_sentence(
                flag.kind, flag.numbers, goods=goods.get(flag.numbers.get("good", ""), "")
            ),
        )
        for flag in flags
    ]
    return Panel("scorecards/parts/flagged.html", {"flags": told})


def flags_of_share(share: Share, person: object) -> Panel | None:
    return flags_of_maker(share.maker, person)


def after_order(share: Share, _person: object) -> Panel | None:
    """By link, once everything of a share has arrived: thanks, what was earned, what comes next."""
    after = idle.after_share(share)
    if after is None:
        return None
    return Panel(
        "scorecards/parts/after.html",
        {"after": after, "next": idle.next_orders(share), "record_url": "rekam-jejak/"},
    )


register_panel("makers.detail.orders", flags_of_maker)
register_panel("makers.detail.orders", of_maker)
register_panel("makers.mine", of_maker)
register_panel("orders.share", flags_of_share)
register_panel("orders.kept", after_order)
register_way("makers.list", Way(gettext_lazy("Track records"), "scorecards:list", queries.may_read_records))
register_way(
    "makers.list", Way(gettext_lazy("Makers without work"), "scorecards:idle", queries.may_read_records)
)


@name_keys("flag")
def flags(keys: Collection[str]) -> Mapping[str, str]:
    """`flag:7` is called by what was found and at whom."""
    return watch.flags_named(keys)


def _said(sentence: Any) -> Callable[[Told], str]:
    return lambda told: str(sentence) % _words(told)


def _words(told: Told) -> dict[str, str]:
    found = {"who": told.subject}
    for name, choice in _CHOICES.items():
        if name in told.content:
            found[name] = str(choice(told.content[name]).label)
    return found


_CHOICES: dict[str, Any] = {
    "decision": choices.FlagDecision,
    "outcome": choices.RemarkOutcome,
    "about": choices.Measure,
    "through": choices.ShownBy,
}

DEEDS = {
    choices.FLAG_RAISED: (gettext_lazy("Flag raised"), gettext_lazy("Somebody should look: %(who)s.")),
    choices.FLAG_DECIDED: (gettext_lazy("Flag decided"), gettext_lazy("%(who)s. Decided: %(decision)s.")),
    choices.RECORD_SHOWN: (
        gettext_lazy("Track record read"),
        gettext_lazy("%(who)s read the own track record, %(through)s."),
    ),
    choices.REMARK_MADE: (
        gettext_lazy("Remark on a track record"),
        gettext_lazy("%(who)s says that a number is not right: %(about)s."),
    ),
    choices.REMARK_ANSWERED: (
        gettext_lazy("Remark answered"),
        gettext_lazy("The remark of %(who)s was answered: %(outcome)s."),
    ),
    choices.MAKER_ASKED: (
        gettext_lazy("Maker without work written to"),
        gettext_lazy("The office wrote to %(who)s, who has no work."),
    ),
}
for _deed, (_label, _sentence) in DEEDS.items():
    word_deed(_deed, _label)(_said(_sentence))

word_fields(
    "scorecards",
    {
        "kind": gettext_lazy("Kind"),
        "makers": gettext_lazy("Makers"),
        "decision": (gettext_lazy("Decision"), choices.FlagDecision.choices),
        "reason": gettext_lazy("Reason, or its digest"),
        "through": (gettext_lazy("How"), choices.ShownBy.choices),
        "numbers": gettext_lazy("Numbers"),
        "remark": gettext_lazy("Number of the remark"),
        "about": (gettext_lazy("Which number?"), choices.Measure.choices),
        "words": gettext_lazy("Digest of the words"),
        "outcome": (gettext_lazy("Outcome"), choices.RemarkOutcome.choices),
    },
)
