"""Notices of the contest that an address names, of all contests on the first page: for every public page."""

from datetime import datetime, timedelta

from flask import request

from quiz.contests.notices import ShownNotice
from quiz.contests.queries import list_standing_notices
from quiz.core import clock
from quiz.core.caches import new_cache
from quiz.core.ids import contest_of_code
from quiz.web.health import unless_away

_KEPT_FOR = timedelta(seconds=10)
_EVERY = "every"
_kept: dict[str, tuple[datetime, tuple[ShownNotice, ...]]] = new_cache()


def contest_notices() -> tuple[ShownNotice, ...]:
    """What stands on the page now, the oldest first; another process hears of a change within ten seconds.

    Pages that say that the database is not there ask as well: then there is nothing.
    """
    if request.path != "/" and not request.path.startswith(("/c/", "/attempts/", "/me/")):
        return ()
    now = clock.now()
    return tuple(one for one in _standing(now) if one.is_shown(now) and _is_here(one))


def _standing(now: datetime) -> tuple[ShownNotice, ...]:
    """All contests' notices: they are few, and one statement serves every page."""
    kept = _kept.get(_EVERY)
    if kept is None or kept[0] <= now:
        found = unless_away(lambda: list_standing_notices(now), None)
        if found is None:
            return ()
        kept = _kept[_EVERY] = (now + _KEPT_FOR, tuple(found))
    return kept[1]


def _is_here(notice: ShownNotice) -> bool:
    first, _, rest = request.path[1:].partition("/")
    name = rest.partition("/")[0]
    if first == "attempts":
        return contest_of_code(name) == notice.contest_id
    if first == "me":
        return (request.view_args or {}).get("slug") == notice.slug
    return name == notice.slug if first == "c" else True
