"""What is limited and how: the one table. Pure.

Two buckets for each deed, and both have to have room: one of the person (the browser's mark, or the account
of staff) and one of the network. A whole school, village or mobile operator stands behind one address, so
that the network's is wide, and long before it is full browsers are asked for proof of work instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from quiz.limits.windows import Rate

MINUTE, TEN_MINUTES = 60, 600


class Deed(StrEnum):
    """What people do that is counted. Saving answers and handing in never is."""

    ENTER = "enter"
    RESUME = "resume"
    START = "start"
    LOOKUP = "lookup"
    LOGIN = "login"
    SEARCH = "search"
    EXPORT = "export"
    ASK = "ask"
    WAITED = "waited"
    API = "api"


@dataclass(frozen=True, slots=True)
class Limit:
    """The limits of a deed. `network` None: as the installation is set, at least 300 a minute.

    `unasked`: so many presses of the person within the window need no proof of work; None: it is never asked.
    """

    person: Rate
    network: Rate | None = None
    unasked: int | None = None


LIMITS: Mapping[Deed, Limit] = {
    # Somebody who helps a hall of people on one tablet enters one every fifteen seconds.
    Deed.ENTER: Limit(Rate(40, TEN_MINUTES), unasked=6),
    # By phone and birth date, by code, by account: a code takes two.
    Deed.RESUME: Limit(Rate(30, TEN_MINUTES)),
    # Pressing again, and coming from the line, count too.
    Deed.START: Limit(Rate(30, TEN_MINUTES), unasked=6),
    Deed.LOOKUP: Limit(Rate(30, MINUTE), Rate(300, MINUTE)),
    # Wrong passwords have stricter limits of their own: quiz.accounts.throttle.
    Deed.LOGIN: Limit(Rate(30, TEN_MINUTES), Rate(120, MINUTE)),
    Deed.SEARCH: Limit(Rate(60, MINUTE), Rate(600, MINUTE)),
    Deed.EXPORT: Limit(Rate(20, TEN_MINUTES), Rate(60, TEN_MINUTES)),
    # Whatever else people who are not staff can send: about their data, their unit, a decision.
    Deed.ASK: Limit(Rate(40, TEN_MINUTES)),
    # Those who wait because their browser runs no script. A program could wait as well, so not many.
    Deed.WAITED: Limit(Rate(10, TEN_MINUTES), Rate(40, TEN_MINUTES)),
    # Programs of others: a copy of all boards of a contest with 100 rows a page, and again next minute.
    Deed.API: Limit(Rate(600, MINUTE)),
}
