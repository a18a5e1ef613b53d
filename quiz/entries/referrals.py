"""The code of somebody's own link for inviting others: made and read without a table. Pure.

It holds the number of the entry, which says nothing about the person, and a mark that only this installation
can make: nobody can name somebody else as the one who invited.
"""

from quiz.core.secrets import Keyring

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MARK = 8
_MOST = 2**63 - 1


def referral_code(keyring: Keyring, contest_id: int, entry_id: int) -> str:
    """What stands at the end of the link."""
    return _in_letters(entry_id) + "-" + keyring.blind_index(_purpose(contest_id), str(entry_id))[:_MARK]


def read_referral(keyring: Keyring, contest_id: int, code: str) -> int | None:
    """The entry that a code belongs to; None where we did not make it for this contest."""
    letters, _, mark = code.strip().lower().partition("-")
    if not letters or len(letters) > 13 or not set(letters) <= set(_DIGITS):
        return None
    entry_id = int(letters, 36)
    if entry_id > _MOST or len(mark) != _MARK:
        return None
    known = keyring.blind_indexes(_purpose(contest_id), str(entry_id))
    return entry_id if mark in {index[:_MARK] for index in known} else None


def _purpose(contest_id: int) -> str:
    return f"referral:{contest_id}"


def _in_letters(value: int) -> str:
    letters = ""
    while value:
        value, rest = divmod(value, 36)
        letters = _DIGITS[rest] + letters
    return letters or "0"
