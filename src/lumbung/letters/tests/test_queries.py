import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lumbung.letters import queries
from lumbung.letters.actions import void_letter
from lumbung.letters.choices import LetterKind, LetterState
from lumbung.letters.queries import Wanted
from lumbung.letters.rules.issuing import code_shown, secret_of
from lumbung.letters.tests.factories import letter
from lumbung.organisations.tests.factories import cast, party

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_makers(monkeypatch):
    """A room above says that shares 7 and 8 are the maker's."""
    monkeypatch.setattr(queries, "_readers", [])
    cast_ = cast()

    @queries.register_reader
    def reader(subjects, person):
        return {"share:7", "share:8"} & set(subjects) if person == cast_.maker else ()

    return cast_


def test_the_office_reads_its_own_letters_and_a_maker_those_about_the_own_shares(of_makers):
    own = letter(of_makers.office, LetterKind.ORDER, subject="share:7")
    foreign = letter(party("Dinas Lain"), LetterKind.ORDER, subject="share:8")
    nobodys = letter(of_makers.office, LetterKind.INVITATION)
    about = ["share:7", "share:8", ""]
    assert queries.letters_about(about, of_makers.officer) == [own]
    assert queries.letters_about(about, of_makers.maker) == [own, foreign]
    assert queries.letters_about(about, of_makers.buyer) == []
    assert queries.letters_about(about, AnonymousUser()) == []
    readable = {
        role: [queries.pdf_path(each, who) is not None for each in (own, foreign, nobodys)]
        for role, who in of_makers.everybody()
    }
    assert readable["officer"] == readable["auditor"] == [True, False, True]
    assert readable["maker"] == [True, True, False]
    assert readable["stranger"] == readable["buyer"] == [False, False, False]


def test_letters_about_many_subjects_cost_as_much_as_about_one(of_makers):
    def cost(subjects):
        with CaptureQueriesContext(connection) as asked:
            assert len(queries.letters_about(subjects, of_makers.officer)) == len(subjects)
        return len(asked)

    letter(of_makers.office, LetterKind.ORDER, subject="share:1")
    one = cost(["share:1"])
    for at in range(2, 6):
        letter(of_makers.office, LetterKind.ORDER, subject=f"share:{at}")
    assert cost([f"share:{at}" for at in range(1, 6)]) == one


def test_a_voided_letter_is_not_in_force_and_stays_readable(of_makers):
    issued = letter(of_makers.office, LetterKind.ORDER, subject="share:7")
    void_letter(letter=issued, reason="Salah.", by="person:1")
    assert queries.in_force_about("share:7", LetterKind.ORDER) is None
    assert queries.to_replace("share:7", LetterKind.ORDER) == issued
    letter(of_makers.office, LetterKind.ORDER, subject="share:7", replaces=issued)
    assert queries.to_replace("share:7", LetterKind.ORDER) is None
    assert issued in queries.letters_about(["share:7"], of_makers.maker)


def test_a_letter_without_a_subject_is_in_force_about_nothing():
    letter(party())
    assert queries.in_force_about("", LetterKind.INVITATION) is None


def test_the_list_is_narrowed_by_words_kind_year_and_state():
    office = party()
    first = letter(office, title="Musyawarah kapten")
    second = letter(office, LetterKind.ASSIGNMENT, title="Periksa barang")
    void_letter(letter=second, reason="Salah.", by="person:1")
    from lumbung.letters.models import Letter

    def found(**wanted):
        return list(queries.letters_found(Letter.objects.order_by("pk"), Wanted(**wanted)))

    assert found() == [first, second]
    assert found(text="kapten") == found(kind="invitation") == found(state=LetterState.ISSUED) == [first]
    assert found(text="001/ST") == found(state="voided") == [second]
    assert found(year=first.year) == [first, second]
    assert found(year=first.year - 1) == []


def test_a_letter_is_found_by_its_code_however_it_is_typed():
    issued = letter(party())
    secret = secret_of(issued)
    for typed in (secret, code_shown(secret), secret.upper().replace("0", "O").replace("1", "I")):
        assert queries.letter_by_code(typed) == issued
    assert queries.letter_by_code("0000-0000-0000-0000") is None


def test_a_changed_key_hides_the_code_and_the_print_still_opens(settings):
    issued = letter(party())
    secret = secret_of(issued)
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another key that is long enough for this test, and then some"
    assert secret_of(issued) == ""
    assert queries.letter_by_code(secret) == issued
    settings.SECRET_KEY_FALLBACKS = [old]
    assert secret_of(issued) == secret
