"""The words of the screen: collected from the code, kept in one .po file per language, compiled to .mo.

Babel does it all, so that a machine with only Python can; the gettext programs are not needed.
"""

import ast
import io
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

Key = tuple[str, str, str]
"""Context, message, plural; empty where there is none."""

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLURAL = "nplurals=1; plural=0;"
HEADER = f"""# The words of the screen in Indonesian. Collected and checked by `lumbung words --check`.
msgid ""
msgstr ""
"Language: id\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {PLURAL}\\n"

"""
_PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[0-9.]*[a-z]|%[sd]|\{\w*\}")


@dataclass
class Check:
    """What is amiss with the words of one language."""

    missing: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    mismatched: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.obsolete or self.mismatched)


def collect(root: Path) -> dict[Key, str]:
    """Every message in the Python and template files below `root`, with the first file that says it."""
    found: dict[Key, str] = {}
    for path in sorted(_sources(root)):
        for key in messages_in(path):
            found.setdefault(key, str(path.relative_to(root)))
    return found


def _sources(root: Path) -> Iterator[Path]:
    for path in [*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]:
        inside = path.relative_to(root).parts
        if (
            "tests" in inside
            or "migrations" in inside
            or (path.suffix == ".txt" and "templates" not in inside)
        ):
            continue
        yield path


def messages_in(path: Path) -> Iterator[Key]:
    source = path.read_text(encoding="utf-8")
    return _in_code(source) if path.suffix == ".py" else _in_template(source, path)


def _in_template(source: str, path: Path) -> Iterator[Key]:
    """Django turns a template into calls; within brackets its indentation means nothing to Python."""
    code = f"(\n{templatize(source, origin=str(path))}\n)"
    options = {"encoding": "utf-8"}
    for _line, message, _comments, context in extract(
        "python", io.BytesIO(code.encode()), KEYWORDS, options=options
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield (context or "", singular, plural)


def _in_code(source: str) -> Iterator[Key]:
    """Calls found in the syntax tree, so that those within f-strings are seen on every Python."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS:
            texts = [word.value if isinstance(word, ast.Constant) else None for word in node.args]
            key = _key_of(KEYWORDS[_name(node.func)], texts)
            if key:
                yield key


def _name(called: ast.expr) -> str:
    return (
        called.id
        if isinstance(called, ast.Name)
        else called.attr
        if isinstance(called, ast.Attribute)
        else ""
    )


def _key_of(places: Any, texts: Sequence[object]) -> Key | None:
    """The message among the arguments, as Babel counts them: from one, the context marked with a c."""
    numbers = [place for place in places or (1,) if isinstance(place, int)]
    contexts = [place[0] for place in places or () if isinstance(place, tuple)]
    wanted = [texts[place - 1] if place <= len(texts) else None for place in [*contexts, *numbers]]
    if not all(isinstance(text, str) and text for text in wanted):
        return None
    context = wanted.pop(0) if contexts else ""
    singular, plural = [*wanted, ""][:2]
    return (str(context), str(singular), str(plural))


def read_words(path: Path) -> dict[Key, str]:
    """The translations that a .po file holds; a header is not needed."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    return {
        _key(message): _first(message.string)
        for message in catalogue
        if message.id and _first(message.string)
    }


def _key(message: Message) -> Key:
    singular, plural = message.id if isinstance(message.id, list | tuple) else (message.id, "")
    return (message.context or "", singular, plural)


def _first(string: str | Iterable[str] | None) -> str:
    """Indonesian has one form for one and for many."""
    return string if isinstance(string, str) else next(iter(string or ()), "")


def write_words(path: Path, found: Iterable[Key], words: Mapping[Key, str]) -> bool:
    """Write the .po file anew, sorted; False when it was just so already."""
    catalogue = Catalog()
    catalogue.mime_headers = [("Plural-Forms", PLURAL)]
    for context, singular, plural in sorted(found):
        string = words.get((context, singular, plural), "")
        if plural:
            catalogue.add((singular, plural), (string,), context=context or None)
        else:
            catalogue.add(singular, string, context=context or None)
    body = io.BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    content = HEADER.encode() + body.getvalue().lstrip().rstrip() + b"\n"
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def check(found: Mapping[Key, str], words: Mapping[Key, str]) -> Check:
    """Compare what the code says with what is translated."""
    result = Check()
    for key, file in sorted(found.items()):
        if key not in words:
            result.missing.append(f"{file}: {named(key)}")
        elif fault := mismatch(key, words[key]):
            result.mismatched.append(f"{file}: {named(key)}: {fault}")
    result.obsolete = [named(key) for key in sorted(words) if key not in found]
    return result


def named(key: Key) -> str:
    context, singular, _plural = key
    return f"“{singular}”" + (f" ({context})" if context else "")


def mismatch(key: Key, string: str) -> str:
    """Why the translation cannot stand in for the message, or nothing."""
    source = key[2] or key[1]
    wanted, given = sorted(set(_placeholders(source))), sorted(set(_placeholders(string)))
    if wanted != given:
        return f"has {' '.join(given) or 'no placeholder'} instead of {' '.join(wanted) or 'none'}"
    if "%" not in source:
        return ""
    try:
        string % (_Anything() if "%(" in source else ("1",) * len(re.findall(r"(?<!%)%[sd]", source)))
    except (ValueError, TypeError):
        return "has a percent sign that is not doubled" if _formats(source) else ""
    return ""


def _placeholders(text: str) -> list[str]:
    return _PLACEHOLDER.findall(text.replace("%%", ""))


def _formats(text: str) -> bool:
    """A message with a bare percent sign of its own is never formatted."""
    return bool(_placeholders(text)) or "%%" in text


class _Anything(defaultdict[str, int]):
    def __init__(self) -> None:
        super().__init__(int)


def compile_all(folders: Iterable[str | Path]) -> int:
    """Compile each .po that is newer than its .mo; the number compiled. Quick when nothing changed."""
    stale = [
        path for folder in folders for path in Path(folder).glob("*/LC_MESSAGES/django.po") if _is_stale(path)
    ]
    for path in stale:
        _compile(path)
    return len(stale)


def _is_stale(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < path.stat().st_mtime_ns


def _compile(path: Path) -> None:
    """Two processes may compile at once, so the finished file is moved into place."""
    with path.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".mo", delete=False) as made:
        write_mo(made, catalogue)
    Path(made.name).chmod(0o644)
    Path(made.name).replace(path.with_suffix(".mo"))
