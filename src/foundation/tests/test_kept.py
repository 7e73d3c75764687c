from foundation.kept import SLICE, keep, kept


def test_a_list_is_read_by_slices():
    keep("a", token="1", told={"all": 45}, lists={"numbers": list(range(45)), "none": []})
    found = kept("a")
    assert (found.token, found.told, found.size("numbers"), found.size("none")) == ("1", {"all": 45}, 45, 0)
    assert found.slice_at("numbers", 0) == list(range(SLICE))
    assert found.slice_at("numbers", 25) == list(range(20, 40))
    assert found.slice_at("numbers", 44) == [40, 41, 42, 43, 44]
    assert found.slice_at("none", 0) == found.slice_at("unknown", 0) == []


def test_what_is_kept_again_takes_the_place_of_the_old():
    keep("a", token="1", told=None, lists={})
    keep("a", token="2", told=None, lists={})
    assert kept("a").token == "2"
    assert kept("b") is None


def test_what_cannot_be_read_counts_as_nothing(settings):
    keep("a", token="1", told=None, lists={})
    (file,) = settings.KEPT_ROOT.iterdir()
    file.write_bytes(b"torn")
    assert kept("a") is None
