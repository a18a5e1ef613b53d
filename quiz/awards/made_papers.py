"""The report and the key as files: small ones at once, large ones by a job that keeps them for some days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from quiz.analysis.queries import count_items
from quiz.audit.actors import Actor
from quiz.awards.errors import AwardsRefused
from quiz.awards.key_paper import key_paper
from quiz.awards.models import PaperFile
from quiz.awards.paper_pdf import paper_pdf
from quiz.awards.paper_sheets import workbook
from quiz.awards.paper_values import Paper
from quiz.awards.prized import FIXED, Prized, find_prized
from quiz.awards.queries import count_people
from quiz.awards.report import Asked, people_table, report_paper
from quiz.contests.models import Contest, StandingList
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest_by_id
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id
from quiz.entries.models import Entry
from quiz.jobs.handlers import Progress, unwatched
from quiz.standings import queries as standings
from quiz.standings.prizes import list_awards, list_unit_awards

KIND = "awards.papers"
REPORT, KEY = "bao-cao", "dap-an"  # what it is; the names of its files begin with it
MOST_AT_ONCE = 1_000  # lines of a paper that is made within the request: about half a second as PDF
_OVER = (RoundState.CLOSED.value, *FIXED)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that somebody wants: the report with what is added by hand, or the key; in which form."""

    what: str
    form: str
    asked: Asked = field(default_factory=Asked)


def may_be_made(of: Prized, what: str) -> bool:
    """Whether there is such a paper by now: a report on fixed results, the key of a round that is over."""
    return of.is_fixed if what == REPORT else not of.list_number and of.round_.state in _OVER


def count_lines(contest: Contest, of: Prized, wanted: Wanted) -> int:
    """About how many lines the paper's tables have, before any of them is read."""
    if wanted.what == KEY:
        return count_items(contest.id, of.number)
    lines = len(list_awards(*of.key))
    if not of.list_number:
        units = select(func.count(Entry.unit_id.distinct())).where(Entry.contest_id == contest.id)
        lines += len(list_unit_awards(contest.id, of.number))
        lines += (db.session.scalar(units) or 0) * max(1, len(contest.collective))
    if wanted.form == "xlsx":
        if isinstance(of.of, StandingList):
            lines += count_people(of.of)
        else:
            lines += standings.count_people(contest.id, of.number)
        lines += sum(count_items(contest.id, one.number) for one in of.rounds)
    return lines


def is_large(contest: Contest, of: Prized, wanted: Wanted) -> bool:
    """Whether a job makes it."""
    return count_lines(contest, of, wanted) > MOST_AT_ONCE


def file_name(contest: Contest, of: Prized, wanted: Wanted) -> str:
    """Nothing but what addresses may hold: the contest's slug and numbers."""
    number = f"bang-{of.list_number}" if of.list_number else str(of.number)
    return f"{wanted.what}-{contest.slug}-{number}.{wanted.form}"


def content_of(
    contest: Contest, of: Prized, wanted: Wanted, now: datetime, progress: Progress = unwatched
) -> bytes:
    """The file. Raises AwardsRefused where there is no such paper by now."""
    if not may_be_made(of, wanted.what):
        raise AwardsRefused("results_not_frozen")
    progress(0, 2, "reading")
    if wanted.what == KEY:
        paper = key_paper(contest, of.round_, now)
    else:
        paper = report_paper(contest, of.of, wanted.asked, now)
    if wanted.form != "xlsx":
        progress(1, 2, "writing")
        return _paper_docx(paper) if wanted.form == "docx" else paper_pdf(paper)
    tables = [*paper.tables]
    if wanted.what == REPORT:
        tables.append(people_table(contest, of.of, now))
        tables += _keys(contest, of, now)
    progress(1, 2, "writing")
    return workbook(tables)


def _keys(contest: Contest, of: Prized, now: datetime) -> list[Any]:
    papers: list[Paper] = [key_paper(contest, one, now) for one in of.rounds]
    return [table for paper in papers for table in paper.tables]


def job_params(contest: Contest, of: Prized, wanted: Wanted) -> dict[str, Any]:
    """What the job is told."""
    return {
        "contest_id": contest.id,
        "slug": contest.slug,
        "number": of.number,
        "list_number": of.list_number,
        "title": of.name,
        "what": wanted.what,
        "form": wanted.form,
        "report_number": wanted.asked.number,
        "proposals": wanted.asked.proposals,
    }


def run_papers(params: Mapping[str, Any], progress: Progress, actor: Actor, now: datetime) -> dict[str, Any]:
    """Make the paper and keep it. Raises AwardsRefused when results were opened again meanwhile."""
    del actor
    contest = get_contest_by_id(int(params["contest_id"]))
    of = find_prized(contest, int(params["number"]), int(params["list_number"]))
    asked = Asked(str(params["report_number"]), str(params["proposals"]))
    wanted = Wanted(str(params["what"]), str(params["form"]), asked)
    content, bundle = content_of(contest, of, wanted, now, progress), new_id()
    with transaction() as session:
        session.add(
            PaperFile(
                **of.columns,
                id=new_id(),
                bundle=bundle,
                part=1,
                name=file_name(contest, of, wanted),
                content=content,
                made_at=now,
            )
        )
    progress(2, 2, "writing")
    return {"bundle": str(bundle), "size": len(content)}


def list_made(of: Prized, what: str) -> Sequence[tuple[int, str, datetime]]:
    """Kept files of this kind: number, name, when; the newest first. Empty while there may be none."""
    if not may_be_made(of, what):
        return []
    rows = db.session.execute(
        select(PaperFile.bundle, PaperFile.name, PaperFile.made_at)
        .where(*_of(of), PaperFile.name.startswith(f"{what}-"))
        .order_by(PaperFile.bundle.desc())
    )
    return [(int(bundle), name, made_at) for bundle, name, made_at in rows]


def get_made(of: Prized, what: str, bundle: int) -> PaperFile:
    """A kept file of this kind. Raises NotFound, also while there may be no such paper."""
    found = db.session.scalar(
        select(PaperFile).where(*_of(of), PaperFile.bundle == bundle, PaperFile.name.startswith(f"{what}-"))
    )
    if found is None or not may_be_made(of, what):
        raise NotFound("paper")
    return found


def _of(of: Prized) -> list[Any]:
    return [getattr(PaperFile, name) == value for name, value in of.columns.items()]


def _paper_docx(paper: Paper) -> bytes:
    from quiz.awards.paper_docx import paper_docx

    return paper_docx(paper)
