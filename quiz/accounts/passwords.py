"""What a password of staff has to be. Long rather than odd: no classes of characters are asked for. Pure."""

import re
import secrets
import unicodedata

from question_bank.folding import fold
from quiz.accounts.common_words import COMMON, RUNS

MIN_LENGTH = 15
MAX_LENGTH = 200
_MIN_DIFFERENT = 6
_MIN_OWN = 6  # characters that are not part of a common word
_RUN = 4
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else


def prepared(password: str) -> str:
    """The password as it is hashed: one Unicode form, so that every keyboard types the same."""
    return unicodedata.normalize("NFC", password).strip()


def password_problem(password: str, *own_words: str) -> str | None:
    """Why a password cannot be taken, or None. Codes: password_too_short, password_too_long, password_common.

    `own_words` are what others know of the account: the username, the person's name.
    """
    password = prepared(password)
    if len(password) < MIN_LENGTH:
        return "password_too_short"
    if len(password) > MAX_LENGTH:
        return "password_too_long"
    return "password_common" if is_common(password, *own_words) else None


def is_common(password: str, *own_words: str) -> bool:
    """Whether the password is easily guessed: a common word, a run of keys, `own_words`, a repetition."""
    plain = fold(password).replace(" ", "")
    if len(set(password.casefold())) < _MIN_DIFFERENT or _repeats(plain or password):
        return True
    return len(_own_part(plain or password, own_words)) < _MIN_OWN


def generate() -> str:
    """A password of 99 random bits in groups that can be read out."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(5))


def _repeats(text: str) -> bool:
    """One part over and over: abcabcabcabcabc."""
    return text in (text + text)[1:-1]


def _own_part(text: str, own_words: tuple[str, ...]) -> str:
    """What remains without common words, known names, runs along the keyboard or the alphabet, and years."""
    known = {word for own in own_words for word in (fold(own).replace(" ", ""), *fold(own).split())}
    for word in sorted({*COMMON, *known}, key=len, reverse=True):
        if len(word) > 2:
            text = text.replace(word, " ")
    for run in RUNS:
        for line in (run, run[::-1]):
            for length in range(len(line), _RUN - 1, -1):
                for start in range(len(line) - length + 1):
                    text = text.replace(line[start : start + length], " ")
    text = re.sub(r"(.)\1{2,}", " ", text)
    text = re.sub(r"(?:19|20)\d\d", " ", text)
    return text.replace(" ", "")
