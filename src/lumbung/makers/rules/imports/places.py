"""Villages by code or by name, among all of them, without asking the database row by row."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from lumbung.makers.rules.imports.cells import plain
from lumbung.places.rules import nearest_spellings, search_key

MOST_NAMED = 4
MOST_SOUGHT = 200
"""For so many names that nobody knows, the nearest spelling is looked for: it takes milliseconds each."""


class Place(NamedTuple):
    """A village as it is looked for."""

    code: str
    name: str
    key: str
    district: str
    regency_code: str
    regency: str
    regency_full: str

    @property
    def words(self) -> str:
        return f"{self.name}, {self.district}, {self.regency}"


Answer = tuple[str, str] | ValueError
"""The village's code and a soft remark, or the fault."""


class Places:
    """All villages; `within` are the regencies in which the person keeps makers, None for all."""

    def __init__(self, places: Iterable[Place], within: frozenset[str] | None = None) -> None:
        self.within = within
        self._by_code: dict[str, Place] = {}
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        self._by_start: dict[str, set[str]] = defaultdict(set)
        for place in places:
            self._by_code[place.code] = place
            self._by_key[place.key].append(place)
            self._by_start[place.key[:1]].add(place.key)
        self._answers: dict[tuple[str, ...], Answer] = {}
        self._keys: dict[str, str] = {}
        self._sought = 0

    def __getitem__(self, code: str) -> Place:
        return self._by_code[code]

    def find(self, *, village: str, district: str = "", regency: str = "", code: str = "") -> tuple[str, str]:
        """The code of the one village that is meant, and a soft remark; ValueError with a sentence."""
        asked = (village, district, regency, code)
        if asked not in self._answers:
            try:
                self._answers[asked] = self._allowed(*self._search(*asked))
            except ValueError as fault:
                self._answers[asked] = fault
        answer = self._answers[asked]
        if isinstance(answer, ValueError):
            raise answer
        return answer

    def _allowed(self, place: Place, remark: str) -> tuple[str, str]:
        if self.within is not None and place.regency_code not in self.within:
            raise ValueError(_("This village lies outside your regency."))
        return place.code, remark

    def _search(self, village: str, district: str, regency: str, code: str) -> tuple[Place, str]:
        dotted = _code(code) or _code(village)
        if dotted:
            return self._by_number(dotted, [village if not _code(village) else "", district, regency])
        if code:
            raise ValueError(_("“%(code)s” is no code of a village.") % {"code": code[:40]})
        name, *around = [part.strip() for part in village.split(",")]
        if not self._key(name):
            raise ValueError(_("Write the village."))
        return self._by_name(name, [part for part in (*around, district, regency) if part]), ""

    def _by_number(self, code: str, said: list[str]) -> tuple[Place, str]:
        place = self._by_code.get(code)
        if place is None:
            raise ValueError(_("No village has the code “%(code)s”.") % {"code": code})
        village, *around = said
        name = village.partition(",")[0]
        is_other = bool(name) and self._key(name) != place.key
        wrong = [name] if is_other else [part for part in around if part and not self._lies_in(place, part)]
        if wrong:
            sentence = _("The code belongs to %(place)s, beside it stands “%(name)s”. The code counts.")
            return place, sentence % {"place": place.words, "name": wrong[0][:60]}
        return place, ""

    def _by_name(self, name: str, around: list[str]) -> Place:
        found = self._by_key.get(self._key(name), [])
        if not found:
            raise self._unknown(name, around)
        fitting = _exactly(name, self._within(found, around))
        if len(fitting) == 1:
            return fitting[0]
        if not fitting:
            raise ValueError(
                _("%(name)s does not lie in %(around)s. The register knows: %(places)s.")
                % {"name": name[:60], "around": ", ".join(around)[:80], "places": _named(found)}
            )
        raise ValueError(
            _("Several villages are called %(name)s: %(places)s. Add the district and the regency.")
            % {"name": name[:60], "places": _named(fitting)}
        )

    def _within(self, places: list[Place], around: list[str]) -> list[Place]:
        for part in around:
            places = [place for place in places if self._lies_in(place, part)]
            exact = [
                p for p in places if part.casefold() in (p.regency.casefold(), p.regency_full.casefold())
            ]
            places = exact or places
        return places

    def _lies_in(self, place: Place, part: str) -> bool:
        key = self._key(part)
        known = (self._key(place.district), self._key(place.regency), self._key(place.regency_full))
        return key in known or is_short_for(part, place.regency)

    def _unknown(self, name: str, around: list[str]) -> ValueError:
        near = self._nearest(self._key(name), around)
        if near:
            sentence = _("No village is called “%(name)s”. Is it %(places)s?")
            return ValueError(sentence % {"name": name[:60], "places": _named(near)})
        return ValueError(
            _("No village is called “%(name)s”. Check the spelling, or write its code.") % {"name": name[:60]}
        )

    def _nearest(self, key: str, around: list[str]) -> list[Place]:
        self._sought += 1
        if self._sought > MOST_SOUGHT:
            return []
        start = self._by_start.get(key[:1], set())
        likely = {known for known in start if abs(len(known) - len(key)) <= 3}
        keys = nearest_spellings(key, likely, limit=MOST_NAMED)
        found = [place for near in keys for place in self._by_key[near]]
        return self._within(found, around) or found[:MOST_NAMED]

    def _key(self, name: str) -> str:
        known = self._keys.get(name)
        if known is None:
            known = self._keys[name] = search_key(name)
        return known


def is_short_for(written: str, name: str) -> bool:
    """*Lotim* and *Loteng*, *KLU* and *KSB*: beginnings of the two words, or K and their initials."""
    short, words = written.casefold().strip(" ."), name.casefold().split()
    if len(words) != 2 or not 3 <= len(short) <= 7:
        return False
    first, second = words
    ends = ((short[:cut], short[cut:]) for cut in (1, 2, 3))
    begins = any(one and two[1:] and first.startswith(one) and second.startswith(two) for one, two in ends)
    return begins or short == f"k{first[0]}{second[0]}" or short == first[:2] + second[-len(short[2:]) :]


def _exactly(name: str, places: list[Place]) -> list[Place]:
    """Two that sound alike may be two, as one with the number I and one with II: who is spelled just so goes before."""
    written = re.sub(r"^(desa|kelurahan|kel\.?) ", "", name.casefold())
    return [place for place in places if place.name.casefold() == written] or places


def _code(written: str) -> str:
    """`52.03.14.2002` from itself or from ten digits."""
    bare = re.sub(r"[. ]", "", plain(written)) if written else ""
    if not re.fullmatch(r"[0-9]{10}", bare):
        return ""
    return f"{bare[:2]}.{bare[2:4]}.{bare[4:6]}.{bare[6:]}"


def _named(places: list[Place]) -> str:
    named = "; ".join(place.words for place in places[:MOST_NAMED])
    return f"{named}; …" if len(places) > MOST_NAMED else named
