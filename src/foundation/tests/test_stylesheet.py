"""The look keeps its promises: weight, contrast, and nothing inline."""

import gzip
import re
from pathlib import Path

import pytest

FOUNDATION = Path(__file__).resolve().parents[1]
SOURCE = FOUNDATION.parent
CSS = (FOUNDATION / "static/foundation/lumbung.css").read_text()
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
TOKENS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", CSS))

INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "script without src": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script address": re.compile(r"=\s*[\"']\s*javascript:", re.IGNORECASE),
    "embedded picture": re.compile(r"(?:src|href)\s*=\s*[\"']data:", re.IGNORECASE),
}


def light(colour):
    digits = colour.lstrip("#")
    digits = "".join(one * 2 for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(front, ground):
    high, low = sorted((light(TOKENS[front]), light(TOKENS[ground])), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_stylesheet_weighs_at_most_12_kb_on_the_wire():
    assert len(gzip.compress(CSS.encode(), 9)) <= 12 * 1024


def test_the_layers_come_in_their_order():
    assert "@layer reset, tokens, elements, layout, components, print;" in CSS


@pytest.mark.parametrize(
    ("front", "ground", "least"),
    [
        ("tinta", "beras", 16.0),
        ("tinta-2", "beras", 6.7),
        ("tinta-2", "beras-tua", 6.1),
        ("tarum", "beras", 14.3),
        ("tarum-2", "beras", 9.5),
        ("mengkudu", "beras", 7.5),
        ("kunyit-tua", "beras", 7.6),
        ("daun", "beras", 7.2),
        ("putih", "daun", 7.6),
        ("putih", "mengkudu", 7.9),
        ("putih", "tarum", 14.3),
        ("kunyit", "tarum", 6.9),
        ("mengkudu", "pale-stop", 4.5),
        ("tarum-2", "pale-wait", 4.5),
        ("tinta-2", "pale-wait", 4.5),
        *(("tinta", f"pale-{kind}", 13.6) for kind in ("info", "good", "wait", "stop")),
    ],
)
def test_text_can_be_read_in_the_sun(front, ground, least):
    assert round(ratio(front, ground), 1) >= least


@pytest.mark.parametrize("line", ["isian", "tarum-3"])
def test_borders_and_glyphs_can_be_told_from_the_page(line):
    assert ratio(line, "beras") >= 3


def test_turmeric_and_pale_indigo_are_never_text():
    assert not re.search(r"[^-]color: var\(--(?:kunyit|tarum-3)\)", CSS)


def test_corners_are_square_and_nothing_floats():
    assert "gradient(" not in re.sub(r"repeating-linear-gradient|linear-gradient", "", CSS)
    assert re.findall(r"border-radius: (?!0|50%)", CSS) == []
    assert "box-shadow" not in CSS.replace("box-shadow: inset", "")


def test_nothing_is_inline_in_any_template():
    assert len(TEMPLATES) > 20
    found = [
        f"{path.relative_to(SOURCE)}: {what}"
        for path in TEMPLATES
        for what, pattern in INLINE.items()
        if pattern.search(path.read_text())
    ]
    assert found == []


def test_scripts_do_not_write_markup_or_evaluate_text():
    for path in SOURCE.rglob("static/**/*.js"):
        assert not re.search(
            r"\beval\(|new Function|innerHTML|document\.write|\.style\b", path.read_text()
        ), path
