"""Keeping a picture that an editor sends before the wording that shows it is saved."""

from datetime import datetime

from sqlalchemy import update

from question_bank.values import Image
from quiz.bank.changing import lock_bank
from quiz.bank.models import Picture
from quiz.bank.pictures import store
from quiz.bank.values import PictureRef
from quiz.core.database import transaction


def keep_picture(bank_id: int, image: Image, *, now: datetime) -> PictureRef:
    """Keep one picture of a bank; housekeeping forgets it when no wording ever shows it.

    One that is there already stays as long as if it had come now. Raises NotFound, PictureRefused.
    """
    with transaction() as session:
        lock_bank(session, bank_id)
        [ref] = store(session, bank_id, [image], now=now)
        there = (Picture.bank_id == bank_id) & (Picture.digest == ref.digest)
        session.execute(update(Picture).where(there).values(created_at=now))
    return ref
