"""/c/<slug>/ruling: an entrant reads why the entry was set aside, and may object once."""

from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.contests.models import Contest
from quiz.contests.pages import contact_of
from quiz.contests.queries import get_public_contest
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.entries.models import Entry
from quiz.entries.queries import find_entry
from quiz.limits.deeds import Deed
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.appealing import appeal
from quiz.vetting.duplicate_forms import AppealForm
from quiz.vetting.duplicate_views import bp
from quiz.vetting.labels import category_words
from quiz.vetting.models import Ruling
from quiz.web.entrants import entrant_id, entrant_id_or_404
from quiz.web.labels import domain_message
from quiz.web.limiting import limited


@dataclass(frozen=True, slots=True)
class OwnRuling:
    """What an entrant is told. The organisers' own note is not among it."""

    kind: str  # merged, disqualified; number: settled with a number that several people gave
    category: str
    ruled_at: datetime
    is_undone: bool
    appeal: str | None
    appealed_at: datetime | None
    answer: str | None
    answered_at: datetime | None


@bp.get("/c/<slug>/ruling")
def own(slug: str) -> str:
    """The decision about the entry of this browser."""
    contest, found = _own_or_404(slug)
    return _page(contest, found, AppealForm(formdata=None))


@bp.post("/c/<slug>/ruling")
@limited(Deed.ASK)
def object_to(slug: str) -> Response | tuple[str, int]:
    """Keep the entrant's words."""
    contest, found = _own_or_404(slug)
    form = AppealForm()
    if not form.validate():
        return _page(contest, found, form), 422
    try:
        appeal(contest, entrant_id_or_404(contest.id), form.words.data or "", now=clock.now())
    except DomainError as error:
        return _page(contest, found, form, domain_message(error)), error.status
    flash(_("Đã gửi khiếu nại. Câu trả lời sẽ hiện ở trang này."), "success")
    return redirect(url_for(".own", slug=slug), code=303)


@bp.app_template_global("own_ruling")
def own_ruling(slug: str) -> OwnRuling | None:
    """The decision about the entry of this browser, for a notice on its own pages; None without one."""
    contest = get_public_contest(slug)
    known = entrant_id(contest.id)
    if known is None:
        return None
    found = queries.find_ruling_of(contest.id, known)
    if found is not None and found.undone_at is None:
        return _told(found)
    entry = find_entry(contest.id, known)
    return _by_number(entry) if entry is not None and entry.status == "disqualified" else None


def _own_or_404(slug: str) -> tuple[Contest, Ruling]:
    contest = get_public_contest(slug)
    found = queries.find_ruling_of(contest.id, entrant_id_or_404(contest.id))
    if found is None:
        raise NotFound("ruling")
    return contest, found


def _page(contest: Contest, found: Ruling, form: AppealForm, refusal: str = "") -> str:
    return render_template(
        "vetting/own.html",
        contest=contest,
        contact=contact_of(contest),
        told=_told(found),
        form=form,
        refusal=refusal,
    )


def _by_number(entry: Entry) -> OwnRuling:
    """Set aside when a number that several people gave was settled: there is no ruling of its own."""
    words = str(_("Nhiều người khai cùng một số điện thoại hoặc căn cước"))
    return OwnRuling("number", words, entry.registered_at, False, None, None, None, None)


def _told(found: Ruling) -> OwnRuling:
    return OwnRuling(
        kind=found.kind,
        category=category_words(found.category),
        ruled_at=found.ruled_at,
        is_undone=found.undone_at is not None,
        appeal=found.appeal,
        appealed_at=found.appealed_at,
        answer=found.answer,
        answered_at=found.answered_at,
    )
