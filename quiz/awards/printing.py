"""Certificates on paper: a job prints them in parts, which are kept for some days and sent as one file."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from quiz.audit.actors import Actor
from quiz.awards.certificate_data import common_data, person_data
from quiz.awards.certifying import UNIT, heading_of, list_valid
from quiz.awards.models import Certificate, PaperFile
from quiz.awards.naming import naming
from quiz.awards.typesetting import pdf_of
from quiz.contests.models import Contest, Round
from quiz.contests.queries import get_contest_by_id, get_round
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id
from quiz.jobs.handlers import Progress

KIND = "awards.certificates"
PART = 250  # certificates in one file
KEPT = timedelta(days=7)
_GIVEN = "giay-"  # how names of certificates begin; reports and keys are kept beside them


def run_certificates(
    params: Mapping[str, Any], progress: Progress, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Print all valid certificates of a kind in a round, in parts."""
    del actor
    contest = get_contest_by_id(int(params["contest_id"]))
    round_ = get_round(contest, int(params["number"]))
    kind, bundle = str(params["kind"]), new_id()
    name = f"{_GIVEN}khen" if kind == UNIT else f"{_GIVEN}chung-nhan"
    list_number = int(params.get("list_number", 0))
    rows = list_valid(contest.id, round_.number, kind, list_number=list_number)
    progress(0, len(rows), "printing")
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        content = print_certificates(contest, round_, part, base=str(params["base"]), now=now)
        with transaction() as session:
            session.add(
                PaperFile(
                    contest_id=contest.id,
                    id=new_id(),
                    round_number=round_.number,
                    list_number=list_number,
                    bundle=bundle,
                    part=start // PART + 1,
                    name=f"{name}-{part[0].serial:05d}-{part[-1].serial:05d}.pdf",
                    content=content,
                    made_at=now,
                )
            )
        progress(start + len(part), len(rows), "printing")
    return {"bundle": str(bundle), "count": len(rows)}


def print_certificates(
    contest: Contest, round_: Round, rows: Sequence[Certificate], *, base: str, now: datetime
) -> bytes:
    """One PDF, a page for each; `base` is the address in front of the codes."""
    heading, of_units = heading_of(contest), bool(rows) and rows[0].unit_id is not None
    people = printed_people(contest, round_, rows, base=base)
    return pdf_of(
        "certificate.typ",
        {"common": common_data(contest, round_, heading, now, of_units=of_units), "people": people},
        tagged=False,
    )


def printed_people(
    contest: Contest, round_: Round, rows: Sequence[Certificate], *, base: str
) -> list[dict[str, Any]]:
    """What is printed on each; nothing for whoever was erased."""
    named = naming(contest, round_, rows)
    return [person_data(line, round_, base) for row in rows if (line := named.line(row)) is not None]


def list_bundles(contest_id: int, number: int, list_number: int = 0) -> Sequence[tuple[int, datetime, int]]:
    """Sets of printed certificates of a round: which, when, how many files; the newest first."""
    rows = db.session.execute(
        select(PaperFile.bundle, func.max(PaperFile.made_at), func.count())
        .where(
            PaperFile.contest_id == contest_id,
            PaperFile.round_number == number,
            PaperFile.list_number == list_number,
            PaperFile.name.startswith(_GIVEN),
        )
        .group_by(PaperFile.bundle)
        .order_by(PaperFile.bundle.desc())
    )
    return [(int(bundle), made_at, int(count)) for bundle, made_at, count in rows]


def zip_of(contest_id: int, number: int, bundle: int) -> Iterator[bytes]:
    """The set as one zip file, a part at a time. Raises NotFound."""
    ids = db.session.scalars(
        select(PaperFile.id)
        .where(
            PaperFile.contest_id == contest_id,
            PaperFile.round_number == number,
            PaperFile.bundle == bundle,
            PaperFile.name.startswith(_GIVEN),
        )
        .order_by(PaperFile.part)
    ).all()
    if not ids:
        raise NotFound("papers")
    return _zipped(contest_id, ids)


def _zipped(contest_id: int, ids: Sequence[int]) -> Iterator[bytes]:
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for file_id in ids:
            row = db.session.get(PaperFile, (contest_id, file_id))
            if row is not None:
                archive.writestr(row.name, row.content)
                db.session.expunge(row)
            yield out.taken()
    yield out.taken()


class _Pipe(io.RawIOBase):
    """What a zip is written to while it is sent: nothing is kept that was handed on."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def taken(self) -> bytes:
        """Everything since the last time."""
        data, self._waiting = bytes(self._waiting), bytearray()
        return data


def forget_files(*, now: datetime) -> int:
    """Remove printed papers after some days; how many files."""
    if not db.session.scalar(select(func.count()).where(PaperFile.made_at < now - KEPT)):
        return 0
    with transaction() as session:
        gone = session.execute(delete(PaperFile).where(PaperFile.made_at < now - KEPT))
    return int(getattr(gone, "rowcount", 0))
