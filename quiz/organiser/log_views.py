"""/manage/audit and /manage/c/<slug>/audit: who did what, and the log as a file that proves itself."""

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _

from quiz.accounts.permissions import Permission
from quiz.audit.exporting import export_lines
from quiz.audit.models import AuditEvent
from quiz.audit.queries import browse_events, ends_of_chains
from quiz.contests import queries as contests
from quiz.contests.models import Contest
from quiz.organiser.log_words import action_words, detail_words, subject_words
from quiz.organiser.pages import EventLine
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import keyring, needs
from quiz.web.paging import asked_page, pages


@bp.get("/audit")
@needs(Permission.SEE_AUDIT)
def audit() -> str:
    """Who did what and when, the newest first; of all contests or of one."""
    slug = request.args.get("contest", "")[:40]
    return _page(contest_or_404(slug) if slug else None, contest=slug)


@bp.get("/c/<slug>/audit")
@needs(Permission.SEE_AUDIT)
def contest_audit(slug: str) -> str:
    """The log of one contest."""
    return _page(contest_or_404(slug), slug=slug)


@bp.get("/c/<slug>/audit.jsonl")
@needs(Permission.SEE_AUDIT)
def audit_file(slug: str) -> Response:
    """The log of one contest, an event a line; `flask audit verify` finds any change in it."""
    contest = contest_or_404(slug)
    lines = export_lines(keyring(), only=contest.id)
    reply = Response("".join(f"{line}\n" for line in lines), mimetype="application/jsonl")
    reply.headers["Content-Disposition"] = f'attachment; filename="nhat-ky-{contest.slug}.jsonl"'
    return reply


def _page(contest: Contest | None, /, **address: str) -> str:
    found = browse_events(contest.id if contest else None, asked_page())
    end = ends_of_chains(contest.id).get(contest.id) if contest else None
    return render_template(
        "organiser/audit.html",
        contests=[(one.slug, one.settings.display_title) for one in contests.list_contests()],
        chosen=contest.slug if contest else "",
        events=[_event(event) for event in found.rows],
        total=found.total,
        pages=pages(found.page, found.pages, **address),
        file_url=url_for(".audit_file", slug=contest.slug) if contest else "",
        end=end,
    )


def _event(event: AuditEvent) -> EventLine:
    name = event.actor_name
    system = _("Hệ thống") if name == "system" else _("Hệ thống (%(name)s)", name=name)
    kinds = {"entrant": _("Người dự thi"), "system": system}
    return EventLine(
        at=event.at,
        who=kinds.get(event.actor_kind, event.actor_name),
        what=action_words(event.action),
        subject=subject_words(event.subject),
        details=detail_words(event.detail or {}),
        place=event.sequence,
        mark=(event.hash or "")[:12],
    )
