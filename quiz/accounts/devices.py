"""Marks of browsers that have signed in before.

A stranger who keeps guessing an account's password makes everybody wait who comes from nowhere. Whoever has
signed in from this browser before shows its mark and has limits of their own, so nobody can be kept out.
"""

import hmac
import secrets

from quiz.core.secrets import Keyring

_KEPT = 4  # accounts that one browser remembers
_BETWEEN = "~"


def new_mark(keyring: Keyring, username: str) -> str:
    """A mark for a browser on which the account has just signed in."""
    token = secrets.token_urlsafe(16)
    return f"{token}.{_seal(keyring, username, token)}"


def known_token(keyring: Keyring, username: str, marks: str) -> str | None:
    """The token of this account's mark among the marks of a browser, or None."""
    for mark in marks.split(_BETWEEN)[:_KEPT]:
        token, dot, seal = mark.partition(".")
        if dot and hmac.compare_digest(seal.encode(), _seal(keyring, username, token).encode()):
            return token
    return None


def with_mark(keyring: Keyring, username: str, marks: str) -> str:
    """The marks of a browser after the account has signed in on it: the newest first, a few are kept."""
    if known_token(keyring, username, marks):
        return marks
    others = [mark for mark in marks.split(_BETWEEN) if mark]
    return _BETWEEN.join([new_mark(keyring, username), *others][:_KEPT])


def _seal(keyring: Keyring, username: str, token: str) -> str:
    return keyring.sign("device", f"{username}\n{token}").hex()[:32]
