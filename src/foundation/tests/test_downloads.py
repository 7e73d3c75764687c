"""A download's file is closed with its answer."""

import gc
from tempfile import TemporaryFile

from foundation.downloads import file_response


def test_the_file_of_an_answer_that_nobody_reads_is_closed() -> None:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    response = file_response("daftar", file)
    assert not file.closed
    del response
    gc.collect()
    assert file.closed


def test_an_answer_that_is_read_gives_the_whole_file() -> None:
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    file.write(b"isi")
    response = file_response("daftar", file)
    assert response.getvalue() == b"isi"
    assert "daftar.xlsx" in response["Content-Disposition"]
