"""The entrant behind a request: an entry per contest in the signed session, nothing in the database."""

from flask import request, session

from quiz.core.errors import NotFound

_KEY = "entries"


def entrant_id(contest_id: int) -> int | None:
    """The entry that this browser acts for in a contest, or None."""
    entry_id = session.get(_KEY, {}).get(str(contest_id))
    return int(entry_id) if isinstance(entry_id, (str, int)) else None


def entrant_id_or_404(contest_id: int) -> int:
    """The entry that this browser acts for. Raises NotFound: who has none may not learn what exists."""
    entry_id = entrant_id(contest_id)
    if entry_id is None:
        raise NotFound("entry")
    return entry_id


def known_entrants() -> dict[int, int]:
    """Every entry that this browser acts for, by its contest."""
    return {
        int(contest_id): int(entry_id)
        for contest_id, entry_id in session.get(_KEY, {}).items()
        if str(contest_id).isdecimal() and str(entry_id).isdecimal()
    }


def remember_entrant(contest_id: int, entry_id: int) -> None:
    """Let this browser act for the entry from now on."""
    entries = dict(session.get(_KEY, {}))
    entries[str(contest_id)] = str(entry_id)  # text: JavaScript never sees it, but other JSON readers round
    session[_KEY] = entries
    session.permanent = True


def forget_entrant(contest_id: int) -> None:
    """End it, on a phone that several people share."""
    entries = dict(session.get(_KEY, {}))
    entries.pop(str(contest_id), None)
    session[_KEY] = entries


def network() -> str:
    """The address the request came from, for limits only."""
    return request.remote_addr or "unknown"
