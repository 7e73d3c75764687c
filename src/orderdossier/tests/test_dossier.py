"""What a dossier proves, and what it finds when somebody was at it."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orderdossier import NotADossier, PublicKey, Signer, verify, write
from orderdossier.__main__ import main
from orderdossier.findings import SENTENCES
from orderdossier.tests import sample
from orderdossier.tests.sample import OFFICE, STRANGER, put, tables


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("dossier") / "one.zip")


def kinds(path: Path, key: PublicKey | None = None) -> list[str]:
    return [fault.kind for fault in verify(path, key).faults]


def told_with(change: Any, tmp_path: Path, signer: Signer = OFFICE) -> list[str]:
    told = tables()
    change(told)
    return kinds(put(tmp_path / "changed.zip", told, signer))


def test_a_dossier_is_consistent_and_with_the_key_its_origin_is_proved(whole: Path) -> None:
    assert kinds(whole) == []
    assert verify(whole).origin is None
    report = verify(whole, OFFICE.public)
    assert (report.consistent, report.origin, report.order, report.office) == (True, True, "PSN-1", "Dinas")
    assert report.counted == {"files": 15, "records": 7, "splits": 1, "shares": 3, "letters": 1}
    assert report.seal == tables()["records"]["seal"]["hash"]


def test_the_same_content_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    assert put(tmp_path / "again.zip").read_bytes() == whole.read_bytes()


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_changed_byte_anywhere_is_found_and_named(
    data: st.DataObject, whole: Path, tmp_path: Path
) -> None:
    content = bytearray(whole.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    changed = tmp_path / "changed.zip"
    changed.write_bytes(content)
    try:
        faults = verify(changed).faults
    except NotADossier as error:
        assert "manifest.json" in str(error)
    else:
        assert faults
        assert all(str(fault) for fault in faults)


def test_the_changed_file_is_named(whole: Path, tmp_path: Path) -> None:
    content = whole.read_bytes()
    at = content.index(b"%PDF letter")
    changed = tmp_path / "changed.zip"
    changed.write_bytes(content[:at] + b"$" + content[at + 1 :])
    assert [fault.place for fault in verify(changed).faults] == ["letters/SPK-1.pdf"]


def test_what_is_put_in_or_taken_out_or_added_behind_is_found(whole: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer.zip"
    longer.write_bytes(whole.read_bytes())
    with zipfile.ZipFile(longer, "a") as container:
        container.writestr("data/extra.json", "{}")
    assert kinds(longer) == ["file_unlisted"]
    shorter = tmp_path / "shorter.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(shorter, "w") as container:
        for entry in source.infolist():
            if entry.filename != "letters/SPK-1.pdf":
                container.writestr(entry, source.read(entry))
    assert kinds(shorter) == ["file_missing"]
    behind = tmp_path / "behind.zip"
    behind.write_bytes(whole.read_bytes() + b"more")
    assert kinds(behind) == ["bytes_changed"]


def test_a_packed_copy_is_not_taken_for_the_dossier(whole: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as container:
        for name in source.namelist():
            container.writestr(name, source.read(name))
    with pytest.raises(NotADossier):
        verify(packed)


def test_another_office_may_sign_but_not_in_this_ones_name(tmp_path: Path) -> None:
    strange = put(tmp_path / "strange.zip", signer=STRANGER)
    assert kinds(strange) == []
    report = verify(strange, OFFICE.public)
    assert [fault.kind for fault in report.faults] == ["other_key"]
    assert report.origin is False


def test_a_file_that_is_no_dossier_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    other.write_bytes(b"nothing")
    with pytest.raises(NotADossier):
        verify(other)


def test_names_that_leave_the_folder_are_not_written(tmp_path: Path) -> None:
    for name in ("../out", "/root", "a//b", "manifest.json", "a b"):
        with pytest.raises(ValueError, match="cannot be the name"):
            write(tmp_path / "x.zip", {name: b""}, order="", office="", made_at="", made_by="", signer=OFFICE)


def test_a_published_key_is_read_back_and_a_mistyped_one_is_refused() -> None:
    assert PublicKey.read(str(OFFICE.public)) == OFFICE.public
    for wrong in ("", "lumbung-ed25519", "other abc", "lumbung-ed25519 abc", "lumbung-ed25519 YWJj"):
        with pytest.raises(ValueError, match="key"):
            PublicKey.read(wrong)
    with pytest.raises(ValueError, match="32 bytes"):
        Signer(b"short")
    assert "oooo" not in repr(OFFICE)


def _one_more_due(told: dict[str, Any]) -> None:
    """With its total, so that nothing but the pieces speaks against it."""
    more = {**told["money"]["dues"][0], "key": "due:9", "cause": "move:9", "amount_rupiah": 10}
    told["money"]["dues"].append(more)
    told["money"]["totals"][0].update(due_rupiah=71_290, open_rupiah=21_290)


def _paid_too_much(told: dict[str, Any]) -> None:
    """With all its sums, as if somebody had written it so from the beginning."""
    payment = told["money"]["payments"][0]
    payment.update(amount_rupiah=93_000)
    payment["parts"][0].update(amount_rupiah=93_000)
    told["money"]["totals"][0].update(paid_rupiah=93_000, open_rupiah=-21_720)


CHANGES: list[tuple[str, Any]] = [
    ("record_changed", lambda t: t["records"]["chains"][0]["records"][1].update(deed="orders.other")),
    ("record_missing", lambda t: t["records"]["chains"][0]["records"].pop(1)),
    ("chain_end", lambda t: t["records"]["chains"][0]["records"].pop()),
    ("seal_differs", lambda t: t["records"]["seal"].update(hash="0" * 64)),
    ("seal_chain", lambda t: _with_heads(t, 3, "a" * 64)),
    ("split_input", lambda t: t["splits"][0]["inputs"]["makers"][0].__setitem__(1, 910)),
    ("split_record", lambda t: t["splits"][0].update(input_hash="0" * 64)),
    ("split_amounts", lambda t: t["splits"][0]["amounts"].update({"maker:3": 5})),
    ("share_unplanned", lambda t: t["shares"][0].update(quantity=t["shares"][0]["quantity"] + 1)),
    ("share_bounds", lambda t: t["shares"][0].update(released=100_000)),
    ("share_answer", lambda t: t["shares"][0].update(confirmed=1)),
    ("line_over", lambda t: t["order"]["lines"][0].update(quantity=10)),
    ("total_differs", lambda t: t["order"]["lines"][0].update(confirmed=1)),
    ("made_over", lambda t: t["production"]["made"].pop()),
    ("parts_over", lambda t: t["production"]["parts"][0].update(quantity=10_000)),
    ("delivered_over", lambda t: t["deliveries"]["deliveries"][0].update(quantity=10_000)),
    ("delivery_sum", lambda t: t["deliveries"]["moves"].pop()),
    ("move_below_zero", lambda t: t["deliveries"]["moves"][1].update(quantity=900)),
    ("allocated", lambda t: t["money"]["payments"][0].update(amount_rupiah=50_001)),
    ("total_differs", lambda t: t["money"]["dues"][0].update(amount_rupiah=1)),
    ("total_differs", lambda t: t["money"]["totals"][0].update(open_rupiah=1)),
    ("total_differs", lambda t: t["money"]["totals"].pop()),
    ("due_differs", lambda t: t["money"]["dues"][0].update(amount_rupiah=72_901)),
    ("due_differs", lambda t: t["money"]["dues"].pop(0)),
    ("due_differs", lambda t: t["money"]["dues"][2].update(amount_rupiah=-901)),
    ("due_differs", lambda t: t["money"]["dues"][0].update(cause="move:2")),
    ("due_differs", lambda t: t["money"]["prices"][0]["rows"][1].update(rupiah=899)),
    ("due_differs", lambda t: t["money"]["prices"].pop()),
    ("points_nowhere", lambda t: t["deliveries"]["moves"][4].update(corrects=None)),
    ("due_differs", lambda t: t["deliveries"]["moves"][4].update(quantity=2)),
    ("due_differs", lambda t: t["money"]["dues"].pop(5)),
    ("due_differs", _one_more_due),
    ("total_differs", lambda t: t["money"]["dues"].pop(1)),
    ("paid_over", _paid_too_much),
    ("points_nowhere", lambda t: t["money"]["dues"][0].update(share="share:99")),
    ("points_nowhere", lambda t: t["money"]["payments"][0]["parts"][0].update(due="due:99")),
    ("lot_sum", lambda t: t["lots"]["lots"][0]["made_by"].pop()),
    ("lot_sum", lambda t: t["lots"]["movements"][0].update(quantity=100)),
    ("lot_over", lambda t: t["lots"]["movements"][1].update(quantity=111)),
    ("lot_over", lambda t: t["deliveries"]["deliveries"][0].update(quantity=111)),
    ("points_nowhere", lambda t: t["lots"]["recalls"].pop()),
    ("complaint_sum", lambda t: t["complaints"][0].update(quantity=13)),
    ("total_differs", lambda t: t["complaints"][0].update(replaced=9)),
    ("points_nowhere", lambda t: t["complaints"][0].update(lot="lot:99")),
    ("letter_differs", lambda t: t["letters"][0].update(sha256="0" * 64)),
    ("file_missing", lambda t: t["letters"][0].update(path="letters/none.pdf")),
    ("points_nowhere", lambda t: t["production"]["made"][1].update(share="share:99")),
    ("unreadable", lambda t: t["shares"][0].pop("confirmed")),
    ("unreadable", lambda t: t["splits"][0]["inputs"].update(columns=[])),
]


def _with_heads(told: dict[str, Any], length: int, head: str) -> None:
    told["heads"] = f"order:PSN-1\t{length}\t{head}\n".encode()
    told["records"]["seal"] = sample.seal_of(told["heads"])


@pytest.mark.parametrize(
    ("kind", "change"), CHANGES, ids=[f"{n}-{kind}" for n, (kind, _c) in enumerate(CHANGES)]
)
def test_whoever_holds_the_key_still_cannot_make_the_sums_lie(kind: str, change: Any, tmp_path: Path) -> None:
    assert kind in told_with(change, tmp_path)


def test_every_kind_of_fault_has_a_sentence() -> None:
    assert {kind for kind, _change in CHANGES} <= set(SENTENCES)


def test_the_command_says_what_was_found_and_how_it_ended(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(whole)]) == 0
    assert "consistent, origin not proved" in capsys.readouterr().out
    key = tmp_path / "office.key"
    key.write_text(f"{OFFICE.public}\n")
    assert main([str(whole), "--key", str(key)]) == 0
    assert "origin proved" in capsys.readouterr().out
    assert main([str(whole), "--key", str(STRANGER.public)]) == 1
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"nothing")
    assert main([str(broken)]) == 1
    assert main([str(tmp_path / "none.zip")]) == 2
