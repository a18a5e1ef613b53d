"""Who answers for the contest that an address names: for pages that have not loaded it, errors among them."""

from datetime import datetime, timedelta

from flask import request

from quiz.contests import queries as contests
from quiz.contests.pages import contact_of
from quiz.core import clock
from quiz.core.caches import new_cache
from quiz.core.errors import NotFound
from quiz.core.ids import contest_of_code
from quiz.web.health import unless_away
from quiz.web.site import Contact

_KEPT_FOR = timedelta(seconds=30)
_kept: dict[str, tuple[datetime, Contact | None]] = new_cache()
_MOST = 1000  # addresses that strangers make up do not fill the memory


def contest_contact() -> Contact | None:
    """The contest's contact, None where the address names no public contest."""
    asked = _asked()
    if not asked:
        return None
    now = clock.now()
    kept = _kept.get(asked)
    if kept is None or kept[0] < now:
        if len(_kept) >= _MOST:
            _kept.clear()
        kept = _kept[asked] = (now + _KEPT_FOR, unless_away(lambda: _find(asked), None))
    return kept[1]


def _asked() -> str:
    """The contest's slug, or its number in front of an attempt's code; empty for other addresses."""
    first, _, rest = request.path[1:].partition("/")
    if first == "attempts":
        return str(contest_of_code(rest.partition("/")[0]) or "")
    if first == "me":
        return str((request.view_args or {}).get("slug", ""))
    return rest.partition("/")[0] if first == "c" else ""


def _find(asked: str) -> Contact | None:
    try:
        contest = contests.get_contest_by_id(int(asked)) if asked.isdigit() else contests.find_contest(asked)
        is_public = contest is not None and contests.list_public_rounds(contest)
    except NotFound:
        return None
    return contact_of(contest) if contest is not None and is_public else None
