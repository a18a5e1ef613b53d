"""What the page of a job shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from quiz.core.errors import DomainError
from quiz.jobs.handlers import Handler
from quiz.jobs.models import Job
from quiz.jobs.states import JobState, percent
from quiz.web.filters import number
from quiz.web.labels import domain_message

_LONG = timedelta(minutes=2)  # of waiting: housekeeping should have come by then


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job at a moment. `percent` is None while the size is not known; `url` leads to the outcome."""

    id: int
    label: str
    subject: str
    state: str
    is_over: bool
    percent: int | None
    words: str
    step: str
    trouble: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    url: str
    back_url: str


def job_page(job: Job, handler: Handler | None, now: datetime) -> JobPage:
    """The page of a job; a kind that is no longer known is shown by its name."""
    state = JobState(job.state)
    result = job.result or {}
    share = 100 if state is JobState.DONE else percent(job.done, job.total)
    return JobPage(
        id=job.id,
        label=str(handler.label) if handler else job.kind,
        subject=str(job.params.get("title", "")),
        state=job.state,
        is_over=state.is_over,
        percent=share,
        words=_words(state, job, share, now),
        step=_step(job, handler) if state is JobState.RUNNING else "",
        trouble=_trouble(result) if state is JobState.FAILED else "",
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        url=_outcome(job, handler, result) if state is JobState.DONE else "",
        back_url=_own(job.params.get("back")),
    )


def _step(job: Job, handler: Handler | None) -> str:
    """What the job is doing, in the words of its kind."""
    return str(handler.steps.get(job.message, "")) if handler and job.message else ""


def _words(state: JobState, job: Job, share: int | None, now: datetime) -> str:
    """How far, as a sentence."""
    match state:
        case JobState.QUEUED if now - job.created_at > _LONG:
            return str(_("Vẫn đang chờ: máy chủ bận việc khác. Đợi quá lâu thì báo người quản trị."))
        case JobState.QUEUED:
            return str(_("Đang chờ đến lượt. Việc bắt đầu trong ít giây."))
        case JobState.RUNNING if share is not None:
            done, total = number(job.done), number(job.total or 0)
            return str(_("Đã xong %(n)s%%: %(done)s trên %(total)s.", n=share, done=done, total=total))
        case JobState.RUNNING:
            return str(_("Đang làm."))
        case JobState.DONE:
            return str(_("Đã xong."))
        case _:
            return str(_("Chưa xong: việc đã dừng."))


def _trouble(result: dict[str, object]) -> str:
    params = result.get("params")
    known = params if isinstance(params, dict) else {}
    return domain_message(DomainError(str(result.get("error", "job_failed")), **known))


def _outcome(job: Job, handler: Handler | None, result: dict[str, object]) -> str:
    if found := _own(result.get("url")):
        return found
    return handler.address(job.params) if handler and handler.address else ""


def _own(address: object) -> str:
    """An address of this site, or none: a stored one must not lead elsewhere."""
    text = address if isinstance(address, str) else ""
    return text if text.startswith("/") and not text.startswith(("//", "/\\")) else ""
