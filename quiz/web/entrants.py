"""The entrant behind a request: an entry per contest in the signed session, nothing in the database."""

from ipaddress import IPv6Address, ip_address

from flask import request, session

from quiz.core.errors import NotFound

_KEY = "entries"
_INVITED = "invited"
# Somebody with IPv6 has at least a whole /64 of addresses to write from.
_IPV6_NETWORK_BITS = 64


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


def note_invitation(contest_id: int, entry_id: int) -> None:
    """Somebody's personal link led here; the first one counts."""
    invited = dict(session.get(_INVITED, {}))
    if str(contest_id) not in invited:
        invited[str(contest_id)] = str(entry_id)
        session[_INVITED] = invited


def invited_by(contest_id: int) -> int | None:
    """The entry whose link led this browser to the contest, or None."""
    entry_id = session.get(_INVITED, {}).get(str(contest_id))
    return int(entry_id) if entry_id is not None and str(entry_id).isdecimal() else None


def network() -> str:
    """The network that the request came from, for limits and hashes only: an IPv4 address, an IPv6 /64.

    `QUIZ_PROXIES` says how many of the addresses in X-Forwarded-For are to be believed.
    """
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return f"{int(address) >> (128 - _IPV6_NETWORK_BITS):x}/{_IPV6_NETWORK_BITS}"
    return str(address)
