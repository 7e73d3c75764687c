"""Amounts in Indonesian words, as receipts carry them (*terbilang*)."""

_SMALL = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_GREAT = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (10**3, "ribu"))
MOST = 10**15 - 1


def spelled_out(number: int) -> str:
    """1250000 is “satu juta dua ratus lima puluh ribu”; from zero to fifteen digits."""
    if not 0 <= number <= MOST:
        raise ValueError("Only whole numbers from zero to fifteen digits are spelled out.")
    if number == 0:
        return _SMALL[0]
    parts = []
    for size, name in _GREAT:
        count, number = divmod(number, size)
        if count:
            parts.append("seribu" if (count, name) == (1, "ribu") else f"{_below_thousand(count)} {name}")
    if number:
        parts.append(_below_thousand(number))
    return " ".join(parts)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    parts = []
    if hundreds:
        parts.append("seratus" if hundreds == 1 else f"{_SMALL[hundreds]} ratus")
    if rest:
        parts.append(_below_hundred(rest))
    return " ".join(parts)


def _below_hundred(number: int) -> str:
    if number < 12:
        return _SMALL[number]
    if number < 20:
        return f"{_SMALL[number - 10]} belas"
    tens, ones = divmod(number, 10)
    return f"{_SMALL[tens]} puluh" + (f" {_SMALL[ones]}" if ones else "")
