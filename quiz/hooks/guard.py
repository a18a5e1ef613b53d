"""Which addresses the server may be made to call. Pure.

Whoever names a webhook makes our server open a connection. It must never reach what only our server can
reach: itself, its neighbours, the metadata service of a cloud. The name is looked up once, every address it
stands for is judged here, and the connection goes to an address that was judged, not to the name again.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

MAX_ADDRESS = 300
PORTS = (443, 8443)
_HOST = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.?)+", re.IGNORECASE)
_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# What Python calls global, or did in some release, and what is answered inside of a network all the same:
# Azure's wire server; protocol assignments; relays and tunnels (6to4, Teredo, local NAT64); examples.
_NOT_OURS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "168.63.129.16/32",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
    )
)

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """Where to post: `host` as it goes into TLS and the Host header, `path` with its query."""

    host: str
    port: int
    path: str
    is_tls: bool
    is_loopback: bool = False


def read_address(address: str, *, loopback_ok: bool = False) -> Target | str:
    """The target, or the code of what is wrong with the address as it is written.

    Only https, no name and password in front, the ports of https; with `loopback_ok`, which is for
    development, also http to this very machine on any port.
    """
    if not address or len(address) > MAX_ADDRESS or re.search(r"[\s\\\x00-\x1f\x7f]", address):
        return "address_unreadable"
    try:
        parts = urlsplit(address)
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        return "address_unreadable"
    if "@" in parts.netloc or parts.fragment:
        return "address_with_more"
    host = _ascii(host)
    is_loopback = loopback_ok and host in _LOOPBACK_NAMES
    if parts.scheme != "https" and not (is_loopback and parts.scheme == "http"):
        return "address_not_https"
    if not host or not (_HOST.fullmatch(host) or _ip(host)):
        return "address_unreadable"
    is_tls = parts.scheme == "https"
    port = port if port is not None else (443 if is_tls else 80)
    if not is_loopback and port not in PORTS:
        return "address_port"
    found = _ip(host)
    if not is_loopback and ((found and not is_public(host)) or _is_inner_name(host)):
        return "address_inner"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        return "address_unreadable"
    return Target(host, port, path, is_tls, is_loopback)


def is_public(address: str) -> bool:
    """Whether a looked-up address is one of the open internet, in v4, in v6 and where one hides the other."""
    found = _ip(address)
    if found is None:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = _inner(found)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local or found.scope_id:
            return False
    if any(found in network for network in _NOT_OURS):
        return False
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_private or found.is_unspecified
    )


def is_loopback(address: str) -> bool:
    """Whether a looked-up address is this machine."""
    found = _ip(address)
    return found is not None and found.is_loopback


def _inner(found: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The v4 address that a v6 one stands for: mapped, or by NAT64."""
    if found in _NAT64:
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped


def _is_inner_name(host: str) -> bool:
    """Names that only a machine or a network of its own knows."""
    name = host.rstrip(".").lower()
    return ("." not in name and ":" not in name) or name.endswith((".localhost", ".local", ".internal"))


def _ip(text: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _ascii(host: str) -> str:
    """A name with Vietnamese letters as the name system knows it; empty where that cannot be."""
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""
