"""Reading stored pictures: one to be shown, and the bytes of many to be written to a file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from question_bank.values import Image, Question
from quiz.bank.models import Picture
from quiz.bank.values import PictureRef
from quiz.core.caches import new_cache
from quiz.core.database import db

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_MEDIA_TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()}
_AT_ONCE = 50
# A round's pictures are asked for by everybody at its opening; they never change.
_MOST_KEPT_BYTES = 16 * 1024 * 1024
_kept: dict[str, "PictureFile"] = new_cache()


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as it is sent."""

    media_type: str
    data: bytes


def extension_of(media_type: str) -> str:
    """How the address of such a picture ends."""
    return EXTENSIONS[media_type]


def find_picture(digest: str, extension: str) -> PictureFile | None:
    """The picture with this digest in any bank, if it is of the kind that its address says; or None."""
    found = _kept.get(digest)
    if found is None:
        chosen = select(Picture.media_type, Picture.data).where(Picture.digest == digest).limit(1)
        row = db.session.execute(chosen).first()
        if row is None:
            return None
        found = PictureFile(row.media_type, row.data)
        if sum(len(one.data) for one in list(_kept.values())) + len(found.data) > _MOST_KEPT_BYTES:
            _kept.clear()
        _kept[digest] = found
    return found if _MEDIA_TYPES.get(extension) == found.media_type else None


def stored_images(pictures: Sequence[PictureRef]) -> tuple[Image, ...]:
    """Pictures of a wording as question_bank's values, by their digests and without their bytes."""
    return tuple(
        Image(one.name, _MEDIA_TYPES[one.extension], b"", one.alt, one.choice, one.digest) for one in pictures
    )


def with_bytes(bank_id: int, questions: Sequence[Question]) -> list[Question]:
    """The questions with the bytes of their pictures, loaded some at a time."""
    wanted = sorted({image.digest for one in questions for image in one.images if image.digest})
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = db.session.execute(
            select(Picture.digest, Picture.data).where(
                Picture.bank_id == bank_id, Picture.digest.in_(wanted[start : start + _AT_ONCE])
            )
        )
        found.update({row.digest: row.data for row in rows})
    return [
        replace(
            one,
            images=tuple(
                replace(image, data=found.get(image.digest, b""), digest="") if image.digest else image
                for image in one.images
            ),
        )
        if one.images
        else one
        for one in questions
    ]
