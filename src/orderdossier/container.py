"""The zip file: the same content gives the same bytes, so that one changed byte anywhere is found and named."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from orderdossier.findings import Finding
from orderdossier.signing import PublicKey, Signer

FORMAT = "lumbung-dossier/1"
MANIFEST = "manifest.json"
SIGNATURE = "signature.txt"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
MOST_FILES = 65_000


class NotADossier(ValueError):
    """The file cannot be read as a dossier at all."""


def canonical(content: object) -> bytes:
    """JSON with sorted keys and no spaces, as UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def write(
    path: Path,
    parts: Mapping[str, bytes],
    *,
    order: str,
    office: str,
    made_at: str,
    made_by: str,
    signer: Signer,
) -> None:
    """Write `parts` (name in the file → bytes) with their list and its signature.

    Names are plain (letters, digits, dot, hyphen, underscore, slash); raises ValueError otherwise.
    """
    if wrong := [name for name in parts if not NAME.fullmatch(name) or name in (MANIFEST, SIGNATURE)]:
        raise ValueError(f"{wrong[0]!r} cannot be the name of a file in a dossier")
    manifest = canonical(
        {
            "format": FORMAT,
            "order": order,
            "office": office,
            "made_at": made_at,
            "made_by": made_by,
            "key": str(signer.public),
            "files": [
                {"path": name, "bytes": len(parts[name]), "sha256": hashlib.sha256(parts[name]).hexdigest()}
                for name in sorted(parts)
            ],
        }
    )
    signature = base64.b64encode(signer.sign(manifest)) + b"\n"
    with path.open("wb") as file:
        _write_zip(file, {MANIFEST: manifest, SIGNATURE: signature, **{n: parts[n] for n in sorted(parts)}})


def _write_zip(file: BinaryIO, parts: Mapping[str, bytes]) -> None:
    """Stored, not packed: what a packer makes of the same content differs from one version to the next."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as container:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            container.writestr(entry, content)


@dataclass(frozen=True)
class Opened:
    """A dossier as it lies there: its list, its files, and what is wrong with its bytes."""

    manifest: Mapping[str, Any]
    parts: Mapping[str, bytes]
    faults: tuple[Finding, ...]

    @property
    def key(self) -> PublicKey | None:
        try:
            return PublicKey.read(str(self.manifest.get("key", "")))
        except ValueError:
            return None


def open_dossier(path: Path) -> Opened:
    """Read everything; raises NotADossier when nothing can be read, and tells all else as faults."""
    whole = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(whole)) as container:
            entries = container.infolist()
            parts, broken = _contents(container, entries)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, OverflowError):
        return _by_position(whole)
    if len(entries) > MOST_FILES or MANIFEST not in parts:
        return _by_position(whole)
    faults = [Finding("bytes_changed", name) for name in broken]
    manifest = _manifest_of(parts[MANIFEST])
    faults += _against_list(manifest, parts, broken)
    faults += _against_signature(manifest, parts)
    if not faults:
        faults += _against_again(whole, entries, parts)
    return Opened(manifest, parts, tuple(faults))


HEADER = 30
"""Bytes of a zip entry before its name; its content follows the name at once."""


def _by_position(whole: bytes) -> Opened:
    """What can be said of a zip whose own directory is broken: where everything should lie follows from the list."""
    start = HEADER + len(MANIFEST)
    try:
        manifest, length = json.JSONDecoder().raw_decode(whole[start:].decode(errors="surrogateescape"))
        length = len(whole[start:].decode(errors="surrogateescape")[:length].encode(errors="surrogateescape"))
    except ValueError:
        raise NotADossier(f"{MANIFEST} cannot be read") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or not _lists_files(manifest):
        raise NotADossier(f"{MANIFEST} is not that of {FORMAT}")
    at = start + length
    parts = {MANIFEST: whole[start:at]}
    for name, size in [(SIGNATURE, 89), *((file["path"], file["bytes"]) for file in manifest["files"])]:
        at += HEADER + len(name)
        parts[name] = whole[at : at + size]
        at += size
    faults = [*_against_list(manifest, parts, []), *_against_signature(manifest, parts)]
    return Opened(manifest, parts, tuple(faults) or (Finding("bytes_changed", DIRECTORY),))


DIRECTORY = "the directory of the zip"


def _contents(
    container: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[dict[str, bytes], list[str]]:
    parts: dict[str, bytes] = {}
    broken: list[str] = []
    for entry in entries:
        if entry.compress_type != zipfile.ZIP_STORED or entry.filename in parts:
            broken.append(entry.filename)
            continue
        try:
            parts[entry.filename] = container.read(entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
            broken.append(entry.filename)
    return parts, broken


def _manifest_of(raw: bytes) -> Mapping[str, Any]:
    try:
        manifest = json.loads(raw)
    except ValueError:
        raise NotADossier(f"{MANIFEST} cannot be read") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT or not _lists_files(manifest):
        raise NotADossier(f"{MANIFEST} is not that of {FORMAT}")
    return manifest


def _lists_files(manifest: Mapping[str, Any]) -> bool:
    files = manifest.get("files")
    return isinstance(files, list) and all(
        isinstance(file, dict)
        and isinstance(file.get("path"), str)
        and isinstance(file.get("sha256"), str)
        and isinstance(file.get("bytes"), int)
        for file in files
    )


def _against_list(
    manifest: Mapping[str, Any], parts: Mapping[str, bytes], broken: list[str]
) -> Iterator[Finding]:
    listed = {file["path"]: file["sha256"] for file in manifest["files"]}
    for name, digest in listed.items():
        if name in broken:
            continue
        if name not in parts:
            yield Finding("file_missing", name)
        elif hashlib.sha256(parts[name]).hexdigest() != digest:
            yield Finding("bytes_changed", name)
    for name in parts:
        if name not in listed and name not in (MANIFEST, SIGNATURE):
            yield Finding("file_unlisted", name)


def _against_signature(manifest: Mapping[str, Any], parts: Mapping[str, bytes]) -> Iterator[Finding]:
    if SIGNATURE not in parts:
        yield Finding("file_missing", SIGNATURE)
        return
    try:
        signature = base64.b64decode(parts[SIGNATURE].strip(), validate=True)
        key = PublicKey.read(str(manifest.get("key", "")))
    except ValueError:
        yield Finding("signature_broken", SIGNATURE)
        return
    if not key.signed(parts[MANIFEST], signature):
        yield Finding("signature_broken", SIGNATURE)


def _against_again(
    whole: bytes, entries: list[zipfile.ZipInfo], parts: Mapping[str, bytes]
) -> Iterator[Finding]:
    """Written again, the same content gives the same bytes; the first that differs lies within some file."""
    again = io.BytesIO()
    _write_zip(again, parts)
    written = again.getvalue()
    if written == whole:
        return
    pairs = enumerate(zip(whole, written, strict=False))
    first = next((at for at, (here, there) in pairs if here != there), min(len(whole), len(written)))
    behind = [entry for entry in entries if entry.header_offset <= first]
    yield Finding("bytes_changed", _place_of(behind[-1], first) if behind else MANIFEST)


def _place_of(entry: zipfile.ZipInfo, at: int) -> str:
    end = entry.header_offset + HEADER + len(entry.filename) + entry.file_size
    return entry.filename if at < end else DIRECTORY
