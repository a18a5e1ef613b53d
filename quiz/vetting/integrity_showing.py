"""From stored cases to the list of a round."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from quiz.accounts.permissions import Permission
from quiz.analysis.asking import subject
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import round_facts
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_units
from quiz.core.names import title_key
from quiz.entries.models import Entry
from quiz.jobs.queries import find_latest
from quiz.jobs.states import JobState
from quiz.vetting import annul_queries
from quiz.vetting import integrity_queries as queries
from quiz.vetting.integrity_evidence import evidence_line
from quiz.vetting.integrity_labels import SIGNALS
from quiz.vetting.integrity_models import IntegrityCase, IntegrityReview, IntegrityVerdict
from quiz.vetting.integrity_pages import (
    CaseLine,
    Frame,
    ListPage,
    Look,
    LookLine,
    PersonLine,
)
from quiz.vetting.integrity_pairs import LARGEST_CIRCLE
from quiz.vetting.integrity_service import KIND
from quiz.vetting.integrity_storing import loaded_figures, loaded_findings, loaded_moves
from quiz.vetting.integrity_timing import GOOD_SHARE, LEAST_SECONDS
from quiz.web.filters import number as number_text
from quiz.web.filters import percent
from quiz.web.paging import Pages, asked_page

_PER_PAGE = 20
_FIRST_PEOPLE = 6
_Found = tuple[IntegrityCase, IntegrityVerdict | None]


def frame_of(contest: Contest, round_: Round, now: datetime) -> Frame:
    """What all pages of a round's integrity stand in."""
    may_publish = bool(current_user.can(Permission.PUBLISH))
    return Frame(
        slug=contest.slug,
        short_title=contest.settings.display_title,
        facts=round_facts(round_, now),
        is_published=round_.state == RoundState.PUBLISHED.value,
        may_publish=may_publish,
        may_annul=may_publish and round_.state != RoundState.PUBLISHED.value,
        may_look=bool(current_user.can(Permission.RUN_ROUNDS)),
    )


def list_page(contest: Contest, round_: Round, now: datetime) -> ListPage:
    """The cases that the address asks for."""
    review = queries.find_review(contest.id, round_.number)
    found = queries.list_cases(contest.id, round_.number)
    show = request.args.get("show", "")
    groups = {
        "": [one for one in found if one[1] is None and one[0].kinds >= 2],
        "single": [one for one in found if one[1] is None and one[0].kinds < 2],
        "aside": [one for one in found if one[1] is not None],
    }
    chosen_group = groups.get(show, groups[""])
    count = max(1, -(-len(chosen_group) // _PER_PAGE))
    number = min(asked_page(), count)
    some = chosen_group[(number - 1) * _PER_PAGE : number * _PER_PAGE]
    address: dict[str, Any] = {"slug": contest.slug, "number": round_.number}
    job = find_latest(KIND, subject(contest.id, round_.number))
    events = queries.list_annulments(contest.id, round_.number)
    return ListPage(
        frame=frame_of(contest, round_, now),
        look=_look(review) if review else None,
        lines=case_lines(contest, round_.number, some),
        tabs=_tabs(groups, show if show in groups else "", address),
        pages=Pages(
            number, count, lambda page: url_for("integrity.cases", **address, show=show or None, page=page)
        ),
        job_url=url_for("jobs.job", job_id=job.id) if job and not JobState(job.state).is_over else "",
        annulled=sum(len(one.attempts) for one in events if one.undone_at is None),
        unanswered=queries.count_unanswered(contest.id, round_.number),
    )


def _tabs(
    groups: Mapping[str, Sequence[_Found]], show: str, address: dict[str, Any]
) -> tuple[tuple[str, str, str, bool], ...]:
    words = {
        "": _("Từ hai loại bằng chứng (%(n)s)", n=len(groups[""])),
        "single": _("Một loại (%(n)s)", n=len(groups["single"])),
        "aside": _("Đã bỏ qua (%(n)s)", n=len(groups["aside"])),
    }
    return tuple(
        (label, url_for("integrity.cases", **address, show=name or None), "", name == show)
        for name, label in words.items()
    )


def _look(review: IntegrityReview) -> Look:
    figures = loaded_figures(review.figures)
    return Look(
        computed_at=review.computed_at,
        people=review.people,
        attempts=review.attempts,
        cases=review.cases,
        lines=tuple(
            LookLine(str(SIGNALS[kind]), one.comparisons, one.accidents)
            for kind, one in figures.looked.items()
        ),
        pairs=sum(figures.pairs.values()),
        left_out=sum(figures.left_out.values()),
        largest=LARGEST_CIRCLE,
        least_seconds=number_text(float(LEAST_SECONDS), 1),
        good_share=percent(float(GOOD_SHARE), 0),
    )


def case_lines(contest: Contest, number: int, found: Sequence[_Found]) -> tuple[CaseLine, ...]:
    """Cases as lines, with the names of their first people."""
    ids = sorted({person for case, _verdict in found for person in case.people})
    entries = annul_queries.list_entries(contest.id, ids)
    units = {unit.id: unit for unit in list_units(contest.id)}
    return tuple(
        case_line(contest, number, case, verdict, entries, units, most=_FIRST_PEOPLE)
        for case, verdict in found
    )


def case_line(
    contest: Contest,
    number: int,
    case: IntegrityCase,
    verdict: IntegrityVerdict | None,
    entries: Mapping[int, Entry],
    units: Mapping[int, ContestUnit],
    *,
    most: int,
) -> CaseLine:
    """One case as a line."""
    effect = loaded_moves(case.effect)
    places = {one.person: (one.before, one.after) for one in effect.people}
    people = [
        person_line(contest, entries[person], units, places.get(person, (None, None)))
        for person in case.people
        if person in entries
    ]
    people.sort(key=lambda one: (one.before or 1 << 40, title_key(one.name)))
    return CaseLine(
        key=case.key,
        url=url_for("integrity.case", slug=contest.slug, number=number, key=case.key),
        people=tuple(people[:most]),
        count=len(case.people),
        evidence=tuple(evidence_line(one) for one in loaded_findings(case.findings)),
        kinds=case.kinds,
        risen=effect.risen,
        aside=verdict.reason if verdict else "",
    )


def person_line(
    contest: Contest,
    entry: Entry,
    units: Mapping[int, ContestUnit],
    places: tuple[int | None, int | None],
) -> PersonLine:
    """One person with the place now and without the attempts."""
    unit = units.get(entry.unit_id) if entry.unit_id else None
    return PersonLine(
        entry_id=entry.id,
        name=entry.name,
        unit=unit.name if unit else "",
        url=url_for("organiser.entrant", slug=contest.slug, entry_id=entry.id),
        before=places[0],
        after=places[1],
    )
