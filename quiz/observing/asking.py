"""Who may read the metrics: this machine itself, networks that the settings name, whoever has the token.

Behind a proxy that was set up by halves everybody seems to come from this machine. So this machine is only
whoever asks it by its own name, and brings no trace of a proxy. Pure.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

_OF_PROXIES = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)
_OWN_NAMES = {"localhost", "127.0.0.1", "[::1]"}


@dataclass(frozen=True, slots=True)
class Asker:
    """`peer`: who is at the other end of the connection; `sender`: who asked, as believed proxies tell."""

    peer: str
    sender: str
    host: str
    token: str
    through_proxy: bool


def asker_of(environ: Mapping[str, str], peer: str, host: str, sender: str) -> Asker:
    """Read from a request's environment."""
    kind, _space, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    return Asker(
        peer=peer,
        sender=sender,
        host=host.rpartition(":")[0] if host.rpartition(":")[2].isdecimal() else host,
        token=token.strip() if kind.lower() == "bearer" else "",
        through_proxy=any(environ.get(name) for name in _OF_PROXIES),
    )


def may_read(asker: Asker, token: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    """Whether the metrics are for them."""
    if token and hmac.compare_digest(asker.token.encode(), token.encode()):
        return True
    if _is_here(asker.peer) and not asker.through_proxy and asker.host.lower() in _OWN_NAMES:
        return True
    try:
        sender = ip_address(asker.sender)
    except ValueError:
        return False
    return any(sender.version == network.version and sender in network for network in networks)


def _is_here(address: str) -> bool:
    """A Unix socket has no address: whoever has it open is on this machine."""
    try:
        return not address or ip_address(address).is_loopback
    except ValueError:
        return False
