"""Receipts: proof that exactly these answers were taken in at that time."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from quiz.core.ids import base32
from quiz.core.secrets import Keyring

_LENGTH = 10


def receipt(
    keyring: Keyring,
    *,
    contest_id: int,
    attempt_id: int,
    answers: Mapping[str, Sequence[int]],
    prediction: str | None,
    submitted_at: datetime,
) -> str:
    """The receipt of a closed attempt, as `TH-7K4M9-2QX4C`: 50 bits of a keyed hash of what was handed in."""
    content = json.dumps(
        [contest_id, attempt_id, dict(sorted(answers.items())), prediction, submitted_at.isoformat()],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    digits = base32(int.from_bytes(keyring.sign("receipt", content)[:7], "big"), _LENGTH).upper()
    return f"TH-{digits[:5]}-{digits[5:]}"


def tidy_receipt(text: str) -> str | None:
    """What was typed as a receipt, or None: case, spaces, dashes and O/0, I/1, L/1 do not matter."""
    kept = "".join(character for character in text.upper() if character.isalnum())
    kept = kept.removeprefix("TH").translate(str.maketrans("OIL", "011"))
    return f"TH-{kept[:5]}-{kept[5:]}" if len(kept) == _LENGTH else None
