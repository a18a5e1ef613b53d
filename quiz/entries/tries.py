"""Wrong tries at finding oneself on a roster are counted, so that codes and names cannot be guessed."""

from datetime import datetime, timedelta

from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.entries import queries, service
from quiz.entries.errors import EntryRefused, ReturnRefused
from quiz.entries.models import FailedReturn
from quiz.entries.person import Person
from quiz.entries.roster_reading import code_key

WINDOW = timedelta(hours=1)
TRIES_PER_CODE = 10
# A school or an office comes from one address, and many mistype: the network's bucket is wide.
TRIES_PER_NETWORK = 300


def admitted(contest: Contest, person: Person, *, network: str, now: datetime, keyring: Keyring) -> Person:
    """`service.admitted`, with wrong tries at the roster counted by code and by network.

    Raises ReturnRefused ("too_many_returns") besides what that raises.
    """
    if not contest.entry.uses_roster:
        return service.admitted(contest, person, now=now, keyring=keyring)
    buckets = _buckets(contest, person, network, keyring)
    since = now - WINDOW
    for bucket, most in buckets.items():
        if queries.count_failed_returns(contest.id, bucket, since) >= most:
            raise ReturnRefused("too_many_returns")
    try:
        return service.admitted(contest, person, now=now, keyring=keyring)
    except EntryRefused as error:
        if error.code == "not_on_roster":
            with transaction() as session:
                session.add_all(
                    FailedReturn(contest_id=contest.id, id=new_id(), bucket=bucket, at=now)
                    for bucket in buckets
                )
        raise


def _buckets(contest: Contest, person: Person, network: str, keyring: Keyring) -> dict[str, int]:
    """How many wrong tries each of the two may have; the code's bucket only where there is a code."""
    buckets = {keyring.blind_index("roster-network", network): TRIES_PER_NETWORK}
    if key := code_key(person.roster_code or ""):
        buckets[keyring.blind_index("roster-code", f"{contest.id}:{key}")] = TRIES_PER_CODE
    return buckets
