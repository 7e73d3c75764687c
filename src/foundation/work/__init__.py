"""Long work runs away from the request, with progress.

A room says what a work does, in its `actions`:

    @work("makers.import")
    def import_makers(progress: Progress, *, file: str) -> str:
        for number, row in enumerate(rows, 1):
            progress.say(number, len(rows), _("Reading the sheet"))
        return reverse("makers:list")  # where to go when it is done

A view starts it and shows its page:

    started = start("makers.import", by=actor(request), about=_("Take in makers from a sheet"), file=digest)
    return redirect(started)

Arguments are JSON and hold nothing personal. `progress.by` is who started it. `foundation.errors.Refused` ends the
work with its sentence and a way `back`; any other exception is logged and the work may be tried again. A work
may be run a second time when a worker died in the middle: it must do no harm twice, and it holds the database's write
lock only while it writes, because on SQLite everybody else waits for that long. The queue is
django-tasks'; `lumbung work` empties it. In tests works run as soon as the transaction is committed
(`django_capture_on_commit_callbacks(execute=True)`).
"""

from foundation.work.progress import Progress, worker_is_alive
from foundation.work.registry import work
from foundation.work.running import retry, start, take_up_lost, waiting_too_long

__all__ = ["Progress", "retry", "start", "take_up_lost", "waiting_too_long", "work", "worker_is_alive"]
