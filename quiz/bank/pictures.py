"""The pictures of a bank's questions: each kept once, named after its bytes, while any wording shows it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from question_bank.pictures import PictureFacts, check
from question_bank.values import Image
from quiz.bank.changing import lock_bank
from quiz.bank.models import BankQuestion, Picture, QuestionRevision
from quiz.bank.picture_queries import extension_of
from quiz.bank.values import PictureRef
from quiz.core.database import transaction
from quiz.core.errors import NotFound
from quiz.core.ids import new_id

# A picture whose wording was never saved stays this long: its form may still lie open.
UNUSED_FOR = timedelta(days=2)


def store(session: Session, bank_id: int, images: Sequence[Image], *, now: datetime) -> list[PictureRef]:
    """Keep the pictures of a question inside a service's transaction; what a revision has to say of them.

    A picture with only a digest has to be in the bank already. Raises NotFound, and PictureRefused
    for what question_bank.pictures.prepare calls an error.
    """
    checked = [check(image.data) if not image.digest else None for image in images]
    digests = [facts.digest if facts else image.digest for image, facts in zip(images, checked, strict=True)]
    there = _sizes(session, bank_id, digests)
    fresh = {facts.digest: facts for facts in checked if facts and facts.digest not in there}
    if fresh:
        session.execute(insert(Picture), [_row(bank_id, facts, now) for facts in fresh.values()])
    refs = []
    for image, digest in zip(images, digests, strict=True):
        facts = fresh.get(digest)
        if facts is None and digest not in there:
            raise NotFound("picture")
        media_type, width, height = (facts.media_type, facts.width, facts.height) if facts else there[digest]
        extension = extension_of(media_type)
        refs.append(PictureRef(digest, extension, image.name, image.alt, width, height, image.choice))
    return refs


def sweep(*, now: datetime) -> int:
    """Forget pictures that no wording of their bank shows and that have been there for two days; how many."""
    is_old = Picture.created_at < now - UNUSED_FOR
    unused: list[int] = []
    with transaction() as session:
        for bank_id in sorted(session.scalars(select(Picture.bank_id).where(is_old).distinct())):
            lock_bank(session, bank_id)  # a wording that is being saved meanwhile may show one of them
            old = select(Picture.id, Picture.digest).where(Picture.bank_id == bank_id, is_old)
            shown = _shown(session, bank_id)
            unused += [picture_id for picture_id, digest in session.execute(old) if digest not in shown]
        if unused:
            session.execute(delete(Picture).where(Picture.id.in_(unused)))
    return len(unused)


def _shown(session: Session, bank_id: int) -> frozenset[str]:
    """What any wording of the bank shows, newest or not: papers point at revisions for ever."""
    images = session.scalars(
        select(QuestionRevision.images)
        .join(BankQuestion, BankQuestion.id == QuestionRevision.question_id)
        .where(BankQuestion.bank_id == bank_id, QuestionRevision.images.is_not(None))
    )
    return frozenset(one["digest"] for shown in images for one in shown or ())


def _sizes(session: Session, bank_id: int, digests: Iterable[str]) -> dict[str, tuple[str, int, int]]:
    wanted = set(digests)
    if not wanted:
        return {}
    rows = session.execute(
        select(Picture.digest, Picture.media_type, Picture.width, Picture.height).where(
            Picture.bank_id == bank_id, Picture.digest.in_(wanted)
        )
    )
    return {row.digest: (row.media_type, row.width, row.height) for row in rows}


def _row(bank_id: int, facts: PictureFacts, now: datetime) -> dict[str, object]:
    return {
        "id": new_id(),
        "bank_id": bank_id,
        "digest": facts.digest,
        "media_type": facts.media_type,
        "width": facts.width,
        "height": facts.height,
        "data": facts.data,
        "created_at": now,
    }
