"""Starting a work, running it, and finding it again when its worker died."""

import hashlib
import json
import logging
import os
import socket
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django_tasks import task
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db.models import DBTaskResult

from foundation import clock
from foundation.errors import Refused
from foundation.models import OPEN_STATES, Work, WorkState
from foundation.work.progress import SILENT_AFTER, Progress, beating, forget_said, is_silent
from foundation.work.registry import function_of, module_of

MOST_ATTEMPTS = 3
"""After so many workers died over a work it is given up."""
KEPT = timedelta(days=90)
logger = logging.getLogger(__name__)


def start(name: str, /, *, by: str, about: str, back: str = "/", **arguments: Any) -> Work:
    """Queue a work; or the one with the same name and arguments that is still open, for impatient thumbs.

    It is queued in the same transaction, so that no worker sees it before the commit. `about` is its title,
    `back` where a refusal leads.
    """
    fingerprint = fingerprint_of(name, arguments)
    values = {
        "name": name,
        "module": module_of(name),
        "arguments": arguments,
        "about": about,
        "back": back,
        "language": translation.get_language() or "",
        "asked_by": by,
        "asked_at": clock.now(),
        "queued_at": clock.now(),
    }
    with transaction.atomic():
        found = _open_work(fingerprint)
        if found:
            return found
        try:
            with transaction.atomic():
                started = Work.objects.create(fingerprint=fingerprint, **values)
        except IntegrityError:
            return Work.objects.get(fingerprint=fingerprint, state__in=OPEN_STATES)
        _queue(started)
    return started


def fingerprint_of(name: str, arguments: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([name, arguments], sort_keys=True).encode()).hexdigest()


def _open_work(fingerprint: str) -> Work | None:
    return Work.objects.filter(fingerprint=fingerprint, state__in=OPEN_STATES).first()


def retry(work: Work) -> Work:
    """Queue a work again that broke off; or give back the same one that is open meanwhile."""
    with transaction.atomic():
        found = _open_work(work.fingerprint)
        if found or work.state != WorkState.FAILED:
            return found or work
        Work.objects.filter(pk=work.pk).update(attempts=0)
        work.refresh_from_db()
        _queue_again(work)
    return work


def _queue_again(work: Work) -> bool:
    """Back into the queue, unless somebody else moved it meanwhile."""
    with transaction.atomic():
        same = Work.objects.filter(pk=work.pk, state=work.state, attempts=work.attempts)
        moved = same.update(
            state=WorkState.WAITING, queued_at=clock.now(), begun_at=None, ended_at=None, worker=""
        )
        if moved:
            work.refresh_from_db()
            forget_said(work.pk)
            _queue(work)
    return bool(moved)


def _queue(work: Work) -> None:
    """The queue lies in the same database and is committed with the work; a queue that runs at once waits."""
    if isinstance(run_work.get_backend(), ImmediateBackend):
        transaction.on_commit(lambda: run_work.enqueue(work.pk) and None)
    else:
        Work.objects.filter(pk=work.pk).update(task=run_work.enqueue(work.pk).id)


@task()
def run_work(work_id: int) -> None:
    """What a worker does with one entry of the queue."""
    work = _begin(work_id)
    if work is None:
        return
    try:
        with beating(work.pk), translation.override(work.language or None):
            address = function_of(work.name, work.module)(Progress(work), **work.arguments)
        _end(work, WorkState.DONE, address=address)
    except Refused as refused:
        _end(work, WorkState.REFUSED, sentence=refused.sentence)
    except Exception:
        logger.exception("Work %s (%s) broke off.", work.pk, work.name)
        _end(work, WorkState.FAILED)
    except BaseException:  # the worker is told to stop: another takes it up
        _queue_again(work)
        raise


def _begin(work_id: int) -> Work | None:
    """The work, when it still waits: an entry of the queue may be an old one."""
    waiting = Work.objects.filter(pk=work_id, state=WorkState.WAITING)
    work = waiting.first()
    if work is None:
        return None
    begun = waiting.filter(attempts=work.attempts).update(
        state=WorkState.RUNNING, begun_at=clock.now(), attempts=work.attempts + 1, worker=worker_name()
    )
    work.refresh_from_db()
    return work if begun else None


def _end(work: Work, state: WorkState, *, address: str = "", sentence: str = "") -> None:
    """Only the worker that has it may end it: one that was taken for dead comes too late."""
    same = Work.objects.filter(pk=work.pk, state=WorkState.RUNNING, attempts=work.attempts)
    same.update(state=state, ended_at=clock.now(), address=address, sentence=sentence)
    forget_said(work.pk)


def worker_name(number: int = 0) -> str:
    """The process that does a work, this one or another of this machine."""
    return f"{socket.gethostname()[:80]}:{number or os.getpid()}"


def take_up_lost(*, worker: str = "") -> int:
    """Queue again what a dead worker left behind (or the `worker` of that name); how many works it were."""
    running = Work.objects.filter(state=WorkState.RUNNING)
    lost = [one for one in running if (one.worker == worker if worker else is_silent(one))]
    lost += [] if worker else _dropped()
    return sum(_give_up(one) or _queue_again(one) for one in lost)


def _dropped() -> list[Work]:
    """Works that wait although no entry of the queue will begin them."""
    works = list(waiting_too_long())
    entries = DBTaskResult.objects.filter(pk__in=[one.task for one in works if one.task], status="READY")
    queued = {str(key) for key in entries.values_list("pk", flat=True)}
    return [one for one in works if one.task not in queued]


def _give_up(work: Work) -> bool:
    if work.attempts < MOST_ATTEMPTS:
        return False
    logger.error("Work %s (%s) is given up: %s workers died over it.", work.pk, work.name, work.attempts)
    _end(work, WorkState.FAILED)
    return True


def waiting_too_long() -> QuerySet[Work]:
    """Works that nobody has begun although they were queued a while ago, the oldest first."""
    return Work.objects.filter(state=WorkState.WAITING, queued_at__lt=clock.now() - SILENT_AFTER).order_by(
        "queued_at"
    )


def forget_old() -> None:
    """Works that ended long ago, and their entries in the queue."""
    before = clock.now() - KEPT
    Work.objects.filter(~Q(state__in=OPEN_STATES), ended_at__lt=before).delete()
    DBTaskResult.objects.filter(finished_at__lt=before).delete()
