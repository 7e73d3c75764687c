"""The look in templates: formats as filters, components as tags. `/gaya/` shows them all.

A builtin: templates need no `{% load look %}`.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from foundation import charts, entries, formats, once, paging, panels
from foundation.states import STATES

register = template.Library()
PARTS = "foundation/parts"


def _gently(write: Callable[..., str]) -> Callable[[Any], str]:
    """Nothing is written for nothing; anything else must be of the right kind."""

    def filtered(value: Any) -> str:
        return "" if value is None or value == "" else write(value)

    filtered.__doc__ = write.__doc__
    return filtered


for _write in (
    formats.number,
    formats.rupiah,
    formats.millions,
    formats.percent_bp,
    formats.fraction_bp,
    formats.percent_exact,
    formats.day,
    formats.day_month,
    formats.day_full,
    formats.day_long,
    formats.weekday,
    formats.clock_time,
    formats.moment,
    formats.duration,
    formats.count_words,
):
    register.filter(_write.__name__, _gently(_write))


@register.filter
def machine_time(value: date | datetime) -> str:
    """For <time datetime="…">."""
    return value.isoformat()


@register.filter
def notice_kind(level_tag: str) -> str:
    """The notice that a message of Django's becomes."""
    return {"success": "good", "warning": "wait", "error": "stop"}.get(level_tag, "info")


@register.filter
def bold_first(text: object) -> SafeString:
    """The first sentence bold, when others follow."""
    first, stop, rest = str(text).partition(". ")
    if not stop:
        return format_html("{}", str(text))
    return format_html("<b>{}.</b> {}", first, rest)


@register.inclusion_tag(f"{PARTS}/mark.html")
def mark(size: int = 34) -> dict[str, Any]:
    """The barn: {% mark 34 %}, in the colour of its text."""
    return {"size": size}


def _share(value: int, total: int) -> str:
    """Percent for a width, two decimals, rounded down: only the whole is whole."""
    hundredths = min(10_000, max(0, value) * 10_000 // total) if total > 0 else 0
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


@register.inclusion_tag(f"{PARTS}/woven.html")
def woven(value: int, total: int, words: str = "", tall: bool = False) -> dict[str, Any]:
    """{% woven 862480 1000000 %}: what is confirmed is woven, what is open is bare warp."""
    spoken = words or _("%(value)s of %(total)s") % {
        "value": formats.number(value),
        "total": formats.number(total),
    }
    return {
        "width": _share(value, total),
        "some": value > 0 and total > 0,
        "whole": value >= total,
        "words": spoken,
        "tall": tall,
    }


@register.inclusion_tag(f"{PARTS}/progress.html")
def progress(value: int, total: int, left: str = "", right: str = "", tall: bool = False) -> dict[str, Any]:
    """{% progress 862480 1000000 "862.480 disanggupi" "137.520 lagi" tall=True %}"""
    return {"value": value, "total": total, "left": left, "right": right, "tall": tall}


@register.simple_tag
def state(key: str, words: str = "") -> SafeString:
    """{% state "offered" %}: glyph and word; the word may be another."""
    kind = STATES[str(key)]
    return format_html('<span class="state {} {}">{}</span>', kind.glyph, kind.colour, words or kind.word)


@register.inclusion_tag(f"{PARTS}/steps.html")
def steps(words: Sequence[str] | str, current: int) -> dict[str, Any]:
    """{% steps words 3 %}: a list of words (or one text with "|" between), and which is current, from 1."""
    parts = words.split("|") if isinstance(words, str) else list(words)
    rows = [
        {"words": part, "past": place < current, "now": place == current}
        for place, part in enumerate(parts, 1)
    ]
    return {"steps": rows, "current": current, "total": len(rows), "now": parts[current - 1]}


@register.inclusion_tag(f"{PARTS}/notice.html")
def notice(kind: str, first: str, rest: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """{% notice "wait" "Jangan mulai membuat dulu." "Jawab dulu." %}: info, good, wait or stop."""
    return {"kind": kind, "first": first, "rest": rest, "url": url, "link": link}


@register.inclusion_tag(f"{PARTS}/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What is to be put right, each a link to its field; nothing when all is well."""
    faults = [{"id": "", "words": words} for words in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"
        faults.extend({"id": target, "words": _told(bound, str(words))} for words in bound.errors)
    return {"faults": faults, "count": formats.count_words(len(faults)).lower(), "total": len(faults)}


def _told(bound: BoundField, words: str) -> str:
    """A field left empty is told by its name; other sentences name what they are about."""
    return f"{bound.label}: {words}" if bound.errors.as_data()[0].code == "required" else words


@register.inclusion_tag(f"{PARTS}/field.html", name="field")
def show_field(field: BoundField, size: str = "") -> dict[str, Any]:
    """{% field form.quantity %}: label, hint, error, input; size is short, middle or empty."""
    return {"field": field, "size": size}


@register.inclusion_tag(f"{PARTS}/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """{% fields form %}: the error summary and every field in order."""
    return {"form": form}


@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is laid out: hidden, tick (one box), choices (several), or line."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    return "choices" if field.use_fieldset else "line"


@register.filter
def field_size(field: BoundField, given: str = "") -> str:
    """short for numbers and days, as the field itself says; otherwise full."""
    return given or str(getattr(field.field, "size", ""))


@register.inclusion_tag(f"{PARTS}/empty.html")
def empty(title: str, sentence: str = "", url: str = "", words: str = "") -> dict[str, Any]:
    """{% empty "Belum ada pesanan" "Begitu ada, kami mengirim pesan." url "Lihat pesanan lain" %}"""
    return {"title": title, "sentence": sentence, "url": url, "words": words}


@register.inclusion_tag(f"{PARTS}/pages.html")
def pages(
    first: int,
    last: int,
    total: int | None,
    previous_url: str = "",
    next_url: str = "",
    excel_url: str = "",
    label: str = "",
) -> dict[str, Any]:
    """{% pages 1 50 1542 next_url="?after=50" excel_url="…" %}: 1–50 dari 1.542, Unduh Excel, Berikutnya.

    A total of None: more than a page counts. A page with two lists names what each is of: label="Siapa belum".
    """
    return {
        "label": label,
        "first": first,
        "last": last,
        "total": total,
        "most": paging.MOST_COUNTED,
        "previous_url": previous_url,
        "next_url": next_url,
        "excel_url": excel_url,
    }


@register.inclusion_tag(f"{PARTS}/light.html")
def quota_light(remaining: int, above: str, below: str) -> dict[str, Any]:
    """{% quota_light 137520 "Masker kain, 1.000.000 lembar" "lembar belum ada yang menyanggupi" %}

    Stands in the block `banner`: full width, right under the header. It holds the page's h1.
    """
    return {"remaining": remaining, "above": above, "below": below, "state": STATES[_light(remaining)]}


def _light(remaining: int) -> str:
    return "available" if remaining > 0 else "exhausted"


@register.inclusion_tag(f"{PARTS}/budget_chart.html", takes_context=True)
def budget_chart(
    context: Context,
    points: Iterable[charts.Budget],
    unit: str = "",
    action: str | None = None,
    method: str = "post",
    beyond: str = "",
) -> dict[str, Any]:
    """{% budget_chart points unit="lembar" action=request.path method="get" %}

    Each point has budget_bp, largest_share, makers, cost_rupiah, gini_bp, and may have chosen, beyond_limit,
    url. A percentage is a link where the point has a url, or a button named `budget` when `action` is given.
    """
    return {
        "chart": charts.budget_chart(points),
        "unit": unit,
        "action": action,
        "method": method,
        "beyond": beyond,
        "csrf_token": context.get("csrf_token"),
        "plot": charts.PLOT,
    }


@register.inclusion_tag(f"{PARTS}/fairness_chart.html")
def fairness_chart(
    cheapest: Iterable[int],
    chosen: Iterable[int],
    eligible: int = 0,
    unit: str = "",
    households: bool = False,
) -> dict[str, Any]:
    """{% fairness_chart cheapest chosen eligible=2114 unit="lembar" %}: two lists of quantities.

    They are of makers, or of households where `households=True` says so.
    """
    chart = charts.fairness_chart(cheapest, chosen, eligible)
    return {"chart": chart, "unit": unit, "households": households}


@register.simple_tag(name="once")
def once_field() -> SafeString:
    """The hidden token with which sending a form twice does no harm; see foundation/once.py."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.FIELD, once.new_token())


_WHO_LOOKS = object()


def _who(context: Context, person: object) -> object:
    return getattr(context.get("request"), "user", None) if person is _WHO_LOOKS else person


@register.simple_tag(takes_context=True, name="panels")
def drawn_panels(context: Context, place: str, subject: object, person: object = _WHO_LOOKS) -> SafeString:
    """{% panels "orders.detail" order %}: what rooms above show here, to who looks or to somebody named.

    Their templates see what this page knows, and `panel`.
    """
    drawn = []
    for panel in panels.panels_at(place, subject, _who(context, person)):
        found = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
        with context.push(panel=panel.content):
            drawn.append(found.render(context))
    return mark_safe("".join(drawn))  # noqa: S308 - templates have escaped what is in it


@register.simple_tag(takes_context=True)
def ways(context: Context, place: str, subject: object, person: object = _WHO_LOOKS) -> list[tuple[str, str]]:
    """{% ways "orders.detail" order as found %}: words and addresses of pages of rooms above."""
    return panels.ways_at(place, subject, _who(context, person))


@register.simple_tag(takes_context=True)
def draft(context: Context, name: str) -> SafeString:
    """<form {% draft "new-order" %}>: the browser keeps what was typed until it is sent.

    The page also loads the module: {% block scripts %}{% draft_script %}{% endblock %}.
    """
    me = context.get("me")
    return format_html(
        'data-draft="{}:{}" data-draft-restored="{}" data-draft-drop="{}"',
        name,
        getattr(me, "pk", None) or 0,
        _("What you had typed is back. It has not been sent yet."),
        _("Throw it away"),
    )


@register.inclusion_tag(f"{PARTS}/draft_script.html")
def draft_script() -> dict[str, Any]:
    return {}


@register.simple_tag
def entry_key() -> SafeString:
    """The key of an entry that may wait on the phone, instead of `{% once %}`; see foundation/entries.py."""
    return format_html('<input type="hidden" name="{}" value="{}">', once.ENTRY, once.new_token())


@register.simple_tag(takes_context=True)
def offline(context: Context, name: str, link: str = "") -> SafeString:
    """<form {% offline "pieces" %}> on a page of an account, <form {% offline "pieces" address %}> on a link's page.

    `address` is any address below the link's own (`/b/<secret>/`), to which the entries belong. The browser keeps a
    copy of the page, and what is entered without a signal. Not together with `{% draft %}`: what was entered must
    not come back as a draft.
    """
    request = context.get("request")
    owner = entries.link_mark(link) if link else entries.person_mark(context.get("me"))
    if request is None or not owner:
        return format_html("")
    entries.keep_page(request, owner)
    return format_html('data-entry="{}" data-owner="{}"', name, owner)


@register.inclusion_tag(f"{PARTS}/entries.html", takes_context=True)
def waiting_entries(context: Context) -> dict[str, Any]:
    """At the end of each page: what waits on this phone, for whoever may have something waiting."""
    person = entries.person_mark(context.get("me"))
    request = context.get("request")
    shell = bool(context.get("shell"))
    shown = shell or bool(person) or (request is not None and entries.is_kept(request))
    return {"shown": shown, "person": person, "shell": shell}
