"""Limits in front of views: `@limited(Deed.START)` names what a view lets people do.

What strangers can send to an unmarked view counts as asking. Saving and handing in are marked `@unlimited`
and cost one look into a dictionary. Where counts cannot be kept nobody is shut out: the limits are there for
the contest, not the other way round.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask, Response, current_app, request
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from quiz.core import clock
from quiz.limits.deeds import LIMITS, MINUTE, Deed
from quiz.limits.errors import TooMany
from quiz.limits.paces import RATES, Pace, Press
from quiz.limits.store import Counters
from quiz.limits.windows import Rate, estimate, wait_seconds
from quiz.web.devices import device, find_device
from quiz.web.entrants import network
from quiz.web.guards import keyring
from quiz.web.labels import add_messages
from quiz.web.proofs import ask_for_proof, step_now
from quiz.web.repeating import busy_page

View = TypeVar("View", bound=Callable[..., object])
log = logging.getLogger(__name__)
_SAFE = {"GET", "HEAD", "OPTIONS"}
_GIVES_MARKS = {Deed.ENTER, Deed.RESUME, Deed.START, Deed.WAITED}
_STAFF = ("/manage", "/account", "/unit", "/static")

add_messages(
    {
        "too_many": _l("Chưa làm được lúc này. Thử lại sau %(seconds)s giây."),
        "too_soon": _l("Lượt trước vừa mới bắt đầu. Bắt đầu lượt tiếp theo được sau %(seconds)s giây."),
    }
)


@dataclass(frozen=True, slots=True)
class Limited:
    """What a view was marked with."""

    deed: Deed
    when: Callable[[], bool]
    spared: Callable[..., bool] | None = None
    known: Callable[..., bool] | None = None


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whose count, by which rate; `is_shared`: the network's."""

    name: str
    rate: Rate
    is_shared: bool


def is_sent() -> bool:
    """Whether the request wants to change something."""
    return request.method not in _SAFE


def searches(name: str = "q") -> Callable[[], bool]:
    """Whether the address asks for something by this name: a list without a search is only looked at."""
    return lambda: bool(request.args.get(name, "").strip())


def always() -> bool:
    """Reading counts too: a file is made for each request."""
    return True


_ASKING = Limited(Deed.ASK, is_sent)


def limited(
    deed: Deed,
    when: Callable[[], bool] = is_sent,
    spared: Callable[..., bool] | None = None,
    known: Callable[..., bool] | None = None,
) -> Callable[[View], View]:
    """Count requests of this view where `when` says so.

    Both are given the parts of the address, and asked only before somebody is held up. `spared`: whom to let
    through anyway. `known`: who was here before the rush, so that other people's pace asks no more of them.
    """
    marked = Limited(deed, when, spared, known)

    def mark(view: View) -> View:
        view.limited = marked  # type: ignore[attr-defined]  # read before the request
        return view

    return mark


def unlimited(view: View) -> View:
    """Mark a view that is never counted, however often it is asked."""
    view.limited = None  # type: ignore[attr-defined]  # read before the request
    return view


def limit_of(view: object, path: str) -> Limited | None:
    """The limit of a view; None where it has none. Staff's own pages have those that they are given."""
    by_default = None if path.startswith(_STAFF) else _ASKING
    limit: Limited | None = getattr(view, "limited", by_default)
    return limit


def init_app(app: Flask) -> None:
    """Count before views run, and show who has to wait how long."""
    app.extensions["counters"] = Counters(app.config["SETTINGS"])

    @app.before_request
    def count() -> Response | None:
        marked = limit_of(app.view_functions.get(request.endpoint or ""), request.path)
        if marked is None or not app.config["SETTINGS"].limits.is_on or not marked.when():
            return None
        return _hold_up(marked)

    @app.errorhandler(TooMany)
    def too_many(error: TooMany) -> Response:
        return busy_page(error)


def _hold_up(marked: Limited) -> Response | None:
    """None: go on. Else the page that asks for a proof of work. Raises TooMany."""
    try:
        pace = check(marked.deed)
    except TooMany:
        if _is_spared(marked):
            return None
        raise
    step = step_now(marked.deed, pace, lambda: _asked(marked.known))
    if step is None or _is_spared(marked):
        return None
    page = ask_for_proof(marked.deed, step, check)
    # Nothing was done yet; and who brings a proof pressed only once.
    _give_back(_buckets(marked.deed) if page is not None else list(_presses(marked.deed).values()))
    return page


def check(deed: Deed) -> Pace:
    """Count one more for the person and for the network. Raises TooMany where there is no room."""
    buckets, presses = _buckets(deed), _presses(deed)
    try:
        counted = [*buckets, *presses.values()]
        found = _counters().count({one.name: one.rate for one in counted}, now=clock.now())
        waits = [(wait_seconds(one.rate, found[one.name]), one.is_shared) for one in buckets]
        seconds, is_shared = max(waits)
        if seconds:
            _give_back(buckets)
    except SQLAlchemyError as error:
        log.warning("counts are not kept: %s", type(error).__name__)
        return {}
    if seconds:
        raise TooMany(deed, seconds, is_shared=is_shared)
    return {press: estimate(one.rate, found[one.name]) for press, one in presses.items()}


def _buckets(deed: Deed) -> list[Bucket]:
    """What has to have room. Who has neither account nor mark has only the network's bucket."""
    limit = LIMITS[deed]
    per_minute = Rate(current_app.config["SETTINGS"].limits.network_per_minute, MINUTE)
    buckets = [_bucket(deed, "network", network(), limit.network or per_minute)]
    person = _person(deed)
    return [*buckets, _bucket(deed, "person", person, limit.person)] if person else buckets


def _presses(deed: Deed) -> dict[Press, Bucket]:
    """By which the pace is judged: every press counts, also one that is not served."""
    person = _person(deed)
    if LIMITS[deed].unasked is None or person is None:
        return {}
    whose = {True: network(), False: person}
    return {
        press: _bucket(deed, press, whose[press.value.startswith("network")], RATES[press]) for press in Press
    }


def _bucket(deed: Deed, kind: str, value: str, rate: Rate) -> Bucket:
    name = keyring().blind_index(f"limits:{deed}:{kind}", value)
    return Bucket(name, rate, is_shared=kind.startswith("network"))


def _give_back(buckets: list[Bucket]) -> None:
    with suppress(SQLAlchemyError):
        _counters().give_back(one.name for one in buckets)


def _person(deed: Deed) -> str | None:
    if request.path.startswith("/manage") and current_user.is_authenticated:
        return f"staff {current_user.id}"
    return device() if deed in _GIVES_MARKS else find_device()


def _is_spared(marked: Limited) -> bool:
    return _asked(marked.spared)


def _asked(question: Callable[..., bool] | None) -> bool:
    return question is not None and question(**(request.view_args or {}))


def _counters() -> Counters:
    counters: Counters = current_app.extensions["counters"]
    return counters
