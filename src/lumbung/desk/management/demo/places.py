"""The real villages that a demo's file names, found by name and without doubt."""

from collections import defaultdict
from random import Random

from lumbung.desk.management.demo.province import Trade, WrongFile
from lumbung.places.models import Regency, Village


class Places:
    """The villages of one province in memory."""

    def __init__(self, province: str) -> None:
        self.villages = list(
            Village.objects.filter(district__regency__province_id=province)
            .select_related("district__regency")
            .order_by("code")
        )
        if not self.villages:
            raise WrongFile(f"No village of province {province} is loaded.")
        self._by_name: dict[str, list[Village]] = defaultdict(list)
        self._by_regency: dict[str, list[Village]] = defaultdict(list)
        for village in self.villages:
            district = village.district
            name = f"{village.name}, {district.name}"
            self._by_name[name].append(village)
            self._by_name[f"{name}, {district.regency.short_name}"].append(village)
            self._by_regency[district.regency.short_name].append(village)

    def village(self, name: str) -> Village:
        """The one village of this name: "Village, District" or "Village, District, Regency"."""
        found = self._by_name.get(name, [])
        if len(found) != 1:
            raise WrongFile(f"{len(found)} villages are called {name}.")
        return found[0]

    def regency(self, name: str) -> Regency:
        return self._of(name)[0].district.regency

    def _of(self, regency: str) -> list[Village]:
        found = self._by_regency.get(regency)
        if not found:
            raise WrongFile(f"No regency is called {regency}.")
        return found

    def places_of(self, trade: Trade, *, makers: int, chance: Random) -> list[Village]:
        """A village for each maker: the sentra have their part; elsewhere a few villages hold many, most few."""
        sentra = [self.village(one.village) for one in trade.sentra]
        weights = [one.percent for one in trade.sentra]
        elsewhere = 100 - sum(weights)
        regencies = {name: self._shuffled(name, chance) for name in trade.spread}
        chosen = []
        for place in chance.choices([*range(len(sentra)), -1], [*weights, elsewhere], k=makers):
            if place >= 0:
                chosen.append(sentra[place])
            else:
                regency = chance.choices(list(trade.spread), list(trade.spread.values()))[0]
                villages, cumulated = regencies[regency]
                chosen.append(chance.choices(villages, cum_weights=cumulated)[0])
        return chosen

    def _shuffled(self, regency: str, chance: Random) -> tuple[list[Village], list[float]]:
        villages = chance.sample(self._of(regency), len(self._of(regency)))
        cumulated, total = [], 0.0
        for rank in range(len(villages)):
            total += 1 / (rank + 3)
            cumulated.append(total)
        return villages, cumulated
