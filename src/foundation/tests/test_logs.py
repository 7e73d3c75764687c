import io
import logging

import pytest

from foundation.logs import HideLinks


@pytest.fixture
def log():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(HideLinks())
    logger = logging.Logger("links")
    logger.addHandler(handler)
    logger.written = stream.getvalue
    return logger


@pytest.mark.parametrize(
    "path",
    [
        "/b/k3y-S3cret_9/",
        "/b/k3y-S3cret_9",
        "http://127.0.0.1:8000/b/k3y-S3cret_9/jawab/?x=1",
        "/masuk/?next=%2Fb%2Fk3y-S3cret_9/",
        "/k/k3y-S3cret_9/12/sanggup/",
    ],
)
def test_the_secret_of_a_link_is_masked_wherever_it_stands(log, path):
    log.warning("Not Found: %s", path)
    assert "k3y" not in log.written()
    assert "…" in log.written()


def test_a_message_without_a_link_keeps_its_arguments(log):
    log.warning("%s pieces of %s", 5, "/orders/b7/")
    assert log.written() == "5 pieces of /orders/b7/\n"


def test_the_traceback_is_masked_too(log):
    try:
        raise LookupError("/b/k3y-S3cret_9/ is gone")
    except LookupError:
        log.exception("Internal Server Error: %s", "/b/k3y-S3cret_9/")
    assert "k3y" not in log.written()
    assert "LookupError: /b/…/ is gone" in log.written()
