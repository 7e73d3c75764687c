"""A sheet of SVG that grows downwards: texts, cloth, warp. Whole numbers; presentation attributes only."""

from collections.abc import Iterable
from html import escape

BERAS, GARIS, TINTA, TINTA_2 = "#faf8f2", "#d5cebb", "#181a33", "#55566c"
TARUM, TARUM_3, MENGKUDU, KUNYIT = "#1c2150", "#8287ab", "#97291f", "#e0a526"
TEXT = "Roboto, system-ui, -apple-system, 'Segoe UI', 'Noto Sans', Arial, sans-serif"
HEAD = (
    "'Roboto Condensed', Bahnschrift, 'Avenir Next Condensed', 'Arial Narrow', 'DejaVu Sans Condensed', "
    "sans-serif-condensed, sans-serif"
)
TILE = (
    "M12 2h2v2H12zM10 4h6v2H10zM0 6h2v2H0zM8 6h4v2H8zM14 6h4v2H14zM0 8h4v2H0zM6 8h4v2H6zM12 8h2v2H12z"
    "M16 8h4v2H16zM22 8h2v2H22zM0 10h2v2H0zM8 10h4v2H8zM14 10h4v2H14zM10 12h6v2H10zM12 14h2v2H12z"
)
PER_HUNDRED, CONDENSED = 56, 49
"""Width of an average sign, in hundredths of the size of the text (of bold condensed ones besides); rather too much."""


class Sheet:
    """What is drawn so far; `y` is where the next thing goes."""

    def __init__(self, width: int, margin: int | None = None) -> None:
        self.width = width
        self.margin = margin if margin is not None else 16 if width < 600 else 24
        self.y = self.margin
        self.parts: list[str] = []

    @property
    def narrow(self) -> bool:
        return self.width < 600

    @property
    def left(self) -> int:
        return self.margin

    @property
    def right(self) -> int:
        return self.width - self.margin

    @property
    def room(self) -> int:
        return self.right - self.left

    # Text

    def text(
        self,
        words: str,
        *,
        x: int | None = None,
        y: int | None = None,
        size: int = 14,
        fill: str = TINTA,
        bold: bool = False,
        anchor: str = "start",
    ) -> None:
        """One line at a place; bold ones stand in the condensed letters of headings and numbers."""
        inner = f"{_letters(size, fill, bold=bold)}>{escape(words)}"
        self.parts.append(f"<text {self._place(x, y, anchor)} {inner}</text>")

    def numbered(
        self,
        number: str,
        words: str,
        *,
        x: int | None = None,
        size: int = 24,
        fill: str = TINTA,
        anchor: str = "start",
    ) -> None:
        """A number and what it counts, in one run, so that they stay together in every font."""
        self.parts.append(
            f"<text {self._place(x, None, anchor)}><tspan {_letters(size, fill, bold=True)}>{escape(number)}</tspan>"
            f'<tspan dx="7" {_letters(14, TINTA_2)}>{escape(words)}</tspan></text>'
        )

    def _place(self, x: int | None, y: int | None, anchor: str) -> str:
        end = f' text-anchor="{anchor}"' if anchor != "start" else ""
        return f'x="{self.left if x is None else x}" y="{self.y if y is None else y}"{end}'

    def lines(
        self,
        words: str,
        *,
        size: int = 14,
        fill: str = TINTA,
        bold: bool = False,
        x: int | None = None,
        room: int = 0,
    ) -> None:
        """A paragraph, broken where it must be; `y` moves below it."""
        for line in wrapped(words, room=room or self.room, size=size, bold=bold):
            self.y += size
            self.text(line, x=x, size=size, fill=fill, bold=bold)
            self.y += size * 45 // 100

    def heading(self, words: str) -> None:
        """A section opens with a two-pixel rule."""
        self.y += 26
        self.box(self.left, self.y, self.room, 2, TARUM)
        self.y += 12
        self.lines(words, size=20 if self.narrow else 22, bold=True)
        self.y += 6

    # Shapes

    def box(self, x: int, y: int, width: int, height: int, fill: str) -> None:
        if width > 0 and height > 0:
            self.parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>')

    def woven(self, x: int, y: int, width: int, height: int, *, pattern: str = "woven") -> None:
        """Cloth: what is promised (`woven`), or what was made beyond the order (`beyond`)."""
        self.box(x, y, width, height, f"url(#{pattern})")

    def warp(self, x: int, y: int, width: int, height: int, fill: str = TARUM_3) -> None:
        """Bare threads, one in four pixels."""
        if width > 0 and height > 0:
            path = "".join(f"M{at} {y}v{height}" for at in range(x + 1, x + width, 4))
            self.parts.append(f'<path d="{path}" stroke="{fill}" fill="none"/>')

    def hollow(self, x: int, y: int, width: int, height: int, stroke: str = MENGKUDU) -> None:
        """What was wanted and not let through: an outline of dots, and nothing in it."""
        if width > 1 and height > 1:
            self.parts.append(
                f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" stroke="{stroke}" '
                f'stroke-width="1.5" stroke-dasharray="2 4"/>'
            )

    def line(
        self, x: int, y: int, to_x: int, to_y: int, *, stroke: str = TINTA, width: int = 1, dash: str = ""
    ) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<path d="M{x} {y}L{to_x} {to_y}" stroke="{stroke}" stroke-width="{width}" fill="none"{dashes}/>'
        )

    def diamond(self, x: int, y: int, fill: str, half: int = 7) -> None:
        self.parts.append(
            f'<path d="M{x} {y - half}l{half} {half}l-{half} {half}l-{half} -{half}z" fill="{fill}"/>'
        )

    def finished(self, *, title: str, told: str) -> str:
        """The whole file."""
        height = self.y + self.margin
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {height}" width="{self.width}" '
                f'height="{height}" role="img" aria-labelledby="title told">',
                f'<title id="title">{escape(title)}</title>',
                f'<desc id="told">{escape(told)}</desc>',
                "<defs>",
                _pattern("woven", TARUM, KUNYIT),
                _pattern("beyond", MENGKUDU, "#f6e2da"),
                "</defs>",
                f'<rect width="{self.width}" height="{height}" fill="{BERAS}"/>',
                *self.parts,
                "</svg>\n",
            ]
        )


def _pattern(name: str, ground: str, motif: str) -> str:
    return (
        f'<pattern id="{name}" width="24" height="18" patternUnits="userSpaceOnUse">'
        f'<g shape-rendering="crispEdges"><path fill="{ground}" d="M0 0h24v18H0z"/>'
        f'<path fill="{motif}" d="{TILE}"/></g></pattern>'
    )


def _letters(size: int, fill: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'font-family="{escape(HEAD if bold else TEXT)}" font-size="{size}"{weight} fill="{fill}"'


def wide_of(words: str, size: int, *, bold: bool = False) -> int:
    """About how wide a text is."""
    return len(words) * size * (CONDENSED if bold else PER_HUNDRED) // 100


def wrapped(words: str, *, room: int, size: int, bold: bool = False) -> Iterable[str]:
    """Lines that fit; a word is never broken."""
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and wide_of(longer, size, bold=bold) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line
