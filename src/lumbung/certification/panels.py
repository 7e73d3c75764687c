"""Certificates on a maker's page, and how the list of records names and tells them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from foundation import clock
from foundation.panels import Panel, Way, register_panel, register_way
from lumbung.certification import choices, queries, rules
from lumbung.certification.choices import Covers
from lumbung.certification.models import HeldCertificate
from lumbung.makers.models import Maker
from lumbung.makers.queries import makers_kept_by, may_see_register, may_set_lists
from lumbung.records.queries import Told, name_keys, word_deed, word_fields


def with_state(certificate: HeldCertificate) -> tuple[HeldCertificate, str]:
    """A certificate with its state today."""
    return certificate, str(rules.state_of(certificate, on=clock.today()))


def of_maker(maker: Maker, person: object) -> Panel:
    """All certificates that count for the maker, each with its state."""
    return Panel(
        "certification/parts/of_maker.html",
        {
            "maker": maker,
            "rows": [with_state(held) for held in queries.certificates_of(maker)],
            "keeps": makers_kept_by(person).filter(pk=maker.pk).exists(),
        },
    )


register_panel("makers.detail.certificates", of_maker)
register_way(
    "makers.list", Way(gettext_lazy("Certificates that end soon"), "certification:expiring", may_see_register)
)
register_way("makers.list", Way(gettext_lazy("Schemes"), "certification:schemes", may_set_lists))


@name_keys("certificate")
def certificates(keys: Collection[str]) -> Mapping[str, str]:
    return queries.names_of(keys)


def _of(sentence: Any) -> Callable[[Told], str]:
    return lambda told: str(sentence) % {"certificate": told.subject, **told.content}


_SENTENCES = {
    choices.SCHEME_ADDED: _of(gettext_lazy("The scheme %(name)s was added.")),
    choices.CERTIFICATE_GRANTED: _of(gettext_lazy("The certificate %(certificate)s was written down.")),
    choices.CERTIFICATES_GRANTED: _of(gettext_lazy("%(count)s certificates were written down at once.")),
    choices.CERTIFICATE_REVOKED: _of(gettext_lazy("The certificate %(certificate)s was revoked.")),
}
_LABELS = {
    choices.SCHEME_ADDED: gettext_lazy("Scheme added"),
    choices.CERTIFICATE_GRANTED: gettext_lazy("Certificate written down"),
    choices.CERTIFICATES_GRANTED: gettext_lazy("Certificates written down at once"),
    choices.CERTIFICATE_REVOKED: gettext_lazy("Certificate revoked"),
}


def sentence_of(told: Told) -> str:
    """A deed about certificates as a sentence."""
    return _SENTENCES[told.record.deed](told)


for _deed, _label in _LABELS.items():
    word_deed(_deed, _label)(sentence_of)


word_fields(
    "certification",
    {
        "scheme": gettext_lazy("Scheme"),
        "holder": gettext_lazy("Holder"),
        "number": gettext_lazy("Digest of the number"),
        "valid_from": gettext_lazy("Valid from"),
        "valid_until": gettext_lazy("Valid until"),
        "code": gettext_lazy("Code"),
        "name": gettext_lazy("Name"),
        "covers": (gettext_lazy("Whose certificate is it?"), Covers.choices),
    },
)
