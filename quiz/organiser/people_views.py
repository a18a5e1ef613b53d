"""/manage/c/<slug>/entrants: who has entered."""

from collections.abc import Mapping, Sequence

from flask import render_template, request

from quiz.accounts.permissions import Permission
from quiz.attempts.queries import count_attempts_by_round
from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.entries.labels import birth_words
from quiz.entries.models import Entry
from quiz.entries.queries import browse_entries
from quiz.entries.shared_numbers import count_sharing
from quiz.limits.deeds import Deed
from quiz.organiser.pages import EntrantLine
from quiz.organiser.views import bp, contest_or_404
from quiz.web.guards import needs
from quiz.web.limiting import limited, searches
from quiz.web.paging import asked_page, pages


@bp.get("/c/<slug>/entrants")
@limited(Deed.SEARCH, searches("q"))
@needs(Permission.SEE_CONTESTS)
def entrants(slug: str) -> str:
    """Entrants by name, searched by name or by the end of the phone number."""
    contest = contest_or_404(slug)
    q = request.args.get("q", "").strip()[:80]
    found = browse_entries(contest.id, q, asked_page())
    rounds = contests.list_public_rounds(contest)
    units = {unit.id: unit for unit in contests.list_units(contest.id)}
    counts = count_attempts_by_round(contest.id, [entry.id for entry in found.rows])
    sharing = count_sharing(contest.id, {entry.phone_key for entry in found.rows if entry.phone_key})
    return render_template(
        "organiser/entrants.html",
        contest=contest,
        rounds=[round_.settings.name for round_ in rounds],
        lines=[_entrant(contest, entry, rounds, units, counts, sharing) for entry in found.rows],
        total=found.total,
        q=q,
        pages=pages(found.page, found.pages, slug=slug, q=q),
    )


def _entrant(
    contest: Contest,
    entry: Entry,
    rounds: Sequence[Round],
    units: dict[int, ContestUnit],
    counts: dict[tuple[int, int], int],
    sharing: Mapping[str, int],
) -> EntrantLine:
    unit = units.get(entry.unit_id) if entry.unit_id is not None else None
    return EntrantLine(
        id=entry.id,
        name=entry.name,
        phone=f"09•• ••• {entry.phone_tail}" if entry.phone_tail else "",
        birth_date=birth_words(contest, entry.birth_date),
        unit=unit.name if unit else "",
        registered_at=entry.registered_at,
        attempts=tuple(counts.get((entry.id, round_.number), 0) for round_ in rounds),
        is_disqualified=entry.status == "disqualified",
        is_disputed=entry.disputed_at is not None,
        sharing=sharing.get(entry.phone_key or "", 0),
    )
