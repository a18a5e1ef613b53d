"""Keeping a picture that an editor sends before the wording that shows it is saved."""

from datetime import datetime

from question_bank.values import Image
from quiz.bank.pictures import store
from quiz.bank.values import PictureRef
from quiz.core.database import transaction


def keep_picture(bank_id: int, image: Image, *, now: datetime) -> PictureRef:
    """Keep one picture of a bank; housekeeping forgets it when no wording ever shows it.

    Raises PictureRefused.
    """
    with transaction() as session:
        [ref] = store(session, bank_id, [image], now=now)
    return ref
