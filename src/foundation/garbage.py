"""Long work that makes hundreds of thousands of small objects and no rings of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_for_now() -> Iterator[None]:
    """Python looks for rings of objects every few thousand new ones: a quarter of the time of a large file.

    Within the block it does not; what nothing points at goes at once all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
