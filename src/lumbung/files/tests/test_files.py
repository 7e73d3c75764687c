import io
import struct
import zlib

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import override_settings
from django.utils import translation
from PIL import Image

from foundation import access
from foundation.errors import Refused
from lumbung.files import actions, queries, rules
from lumbung.files.choices import Visibility
from lumbung.files.models import Attachment, StoredFile
from lumbung.files.tests.factories import pdf, photo, photo_with_position
from lumbung.records.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(tmp_path):
    with override_settings(FILES_ROOT=tmp_path):
        yield tmp_path


class Somebody:
    is_authenticated = True

    def __init__(self, key):
        self.key = key


def keep(upload, **fields):
    return actions.keep_file(
        **{"upload": upload, "subject": "share:1", "by": "person:1", "name": "foto.jpg", **fields}
    )


def opened(attachment):
    return Image.open(io.BytesIO(queries.path_of(attachment.file_id).read_bytes()))


def test_a_photo_is_kept_as_webp_under_its_hash(own_folder):
    kept = keep(photo())
    assert (kept.name, kept.file.media_type) == ("foto.webp", "image/webp")
    assert queries.path_of(kept.file_id) == own_folder / kept.file_id[:2] / kept.file_id[2:]
    assert opened(kept).format == "WEBP"
    assert Record.objects.get().deed == "files.kept"


def test_a_large_photo_is_shrunk_and_keeps_its_proportions():
    kept = keep(photo((4000, 3000)))
    assert (kept.file.width, kept.file.height) == (1600, 1200)
    assert opened(kept).size == (1600, 1200)


def test_position_and_turning_are_taken_out_of_a_photo():
    assert Image.open(photo_with_position()).getexif().get_ifd(0x8825)
    kept = keep(photo_with_position())
    picture = opened(kept)
    assert dict(picture.getexif()) == {}
    assert picture.size == (48, 64)
    assert b"Exif" not in queries.path_of(kept.file_id).read_bytes()


def test_a_photo_with_a_clear_ground_stays_clear():
    assert opened(keep(photo(kind="PNG", mode="RGBA", colour="#285e3780"))).mode == "RGBA"


def test_the_same_photo_twice_is_one_file(own_folder):
    first, second = keep(photo()), keep(photo(), subject="share:2")
    assert first.file == second.file
    assert StoredFile.objects.count() == 1
    assert len([path for path in own_folder.rglob("*") if path.is_file()]) == 1


def test_a_pdf_is_kept_as_it_is():
    kept = keep(pdf(), name="../../surat tugas\x00.exe")
    assert kept.name == "surat tugas.pdf"
    assert queries.path_of(kept.file_id).read_bytes() == pdf().getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<script>alert(1)</script>",
        b"MZ\x90\x00",
        b"\xff\xd8\xff\xe0broken",
        b"GIF89a" + b"\0" * 40,
        b"PK\x03\x04",
    ],
    ids=["empty", "page", "program", "broken photo", "gif", "zip"],
)
def test_what_is_no_photo_and_no_pdf_is_refused_whatever_its_name(content):
    with pytest.raises(Refused) as refusal:
        keep(io.BytesIO(content), name="foto.jpg")
    assert refusal.value.field == "file"
    assert not Attachment.objects.exists()


def test_more_than_ten_megabytes_is_refused():
    with pytest.raises(Refused, match="10 MB"):
        keep(io.BytesIO(b"%PDF-" + b"0" * rules.LARGEST_BYTES))


@pytest.mark.parametrize("side", [8_000, 50_000])
def test_a_small_file_that_unfolds_into_gigabytes_is_refused(side):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    with translation.override("en"), pytest.raises(Refused, match="too many dots"):
        keep(io.BytesIO(bomb))


def test_everybody_sees_what_is_public_and_the_own_and_the_office_sees_all(monkeypatch):
    me, office = Somebody("person:7"), Somebody("person:8")
    monkeypatch.setitem(access._tests, "office", lambda person: person is office)
    public = keep(photo(), visibility=Visibility.PUBLIC)
    own, other = keep(photo((10, 10)), by="person:7"), keep(photo((11, 11)))
    removed = keep(photo((12, 12)), visibility=Visibility.PUBLIC)
    actions.remove_attachment(removed, by="person:1", reason="salah")
    assert set(queries.attachments_seen_by(AnonymousUser())) == {public}
    assert set(queries.attachments_seen_by(me)) == {public, own}
    assert set(queries.attachments_seen_by(office)) == {public, own, other}
    assert list(queries.attachments_of("share:2", seen_by=office)) == []


def test_a_file_of_the_office_is_kept_by_nobody_on_the_way(client, monkeypatch):
    kept = keep(photo())
    assert client.get(kept.get_absolute_url()).status_code == 404
    monkeypatch.setitem(access._tests, "office", lambda person: True)
    answer = client.get(kept.get_absolute_url())
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer.getvalue() == queries.path_of(kept.file_id).read_bytes()


def test_a_public_photo_is_served_with_its_hash_and_without_guessing(client):
    kept = keep(photo(), visibility=Visibility.PUBLIC)
    answer = client.get(kept.get_absolute_url())
    assert answer["ETag"] == f'"{kept.file_id}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"] == 'inline; filename="foto.webp"'
    answer.getvalue()
    again = client.get(kept.get_absolute_url(), headers={"if-none-match": f'"{kept.file_id}"'})
    assert again.status_code == 304


def test_a_pdf_is_saved_and_not_shown(client):
    kept = keep(pdf(), visibility=Visibility.PUBLIC, name="surat.pdf")
    answer = client.get(kept.get_absolute_url())
    assert answer["Content-Disposition"] == 'attachment; filename="surat.pdf"'
    answer.getvalue()


def test_another_name_or_lost_bytes_give_nothing(client):
    kept = keep(photo(), visibility=Visibility.PUBLIC)
    assert client.get(kept.get_absolute_url().replace("foto", "lain")).status_code == 404
    queries.path_of(kept.file_id).unlink()
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_removing_takes_the_bytes_away_once_nothing_shows_them(django_capture_on_commit_callbacks, client):
    first, second = keep(photo()), keep(photo(), subject="share:2", visibility=Visibility.PUBLIC)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_attachment(first, by="person:1")
    assert queries.path_of(first.file_id).exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_attachment(second, by="person:1", reason="Foto orang lain.")
        actions.remove_attachment(second, by="person:1")
    assert not queries.path_of(first.file_id).exists()
    assert client.get(second.get_absolute_url()).status_code == 404
    assert Record.objects.filter(deed="files.removed").count() == 2
    assert opened(keep(photo())).size == (64, 48)


def test_a_name_without_letters_gets_one():
    assert rules.tidy_name("...", "image/webp") == "berkas.webp"
    assert str(keep(photo())) == "foto.webp"
    assert str(keep(photo()).file) == keep(photo()).file_id[:16]


def test_what_everybody_saw_is_taken_away_with_a_reason_only():
    seen = keep(photo(), visibility=Visibility.PUBLIC)
    for reason in (" ", "x" * 201):
        with pytest.raises(Refused):
            actions.remove_attachment(seen, by="person:1", reason=reason)
    seen.refresh_from_db()
    assert seen.removed_at is None


def test_opening_twice_leaves_one_record():
    keep(photo())
    assert [actions.open_to_everybody(subject="share:1", by="person:1") for _ in range(2)] == [1, 0]
    assert Record.objects.filter(deed="files.opened").count() == 1


def test_what_a_room_made_is_kept_within_its_deed_and_opens_by_no_address(monkeypatch):
    content = pdf().read()
    kept = actions.keep_made(
        content=content, media_type="application/pdf", subject="letter:1", name="001-X.pdf"
    )
    assert queries.path_of(kept.file_id).read_bytes() == content
    assert not Record.objects.filter(subject="letter:1").exists()
    monkeypatch.setattr(access, "_tests", {"office": lambda person: True})
    assert not queries.attachments_seen_by(AnonymousUser()).exists()
