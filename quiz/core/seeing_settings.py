"""What an installation tells its keepers: logs, slow statements, who may read the metrics."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network

Network = IPv4Network | IPv6Network
_FORMS = ("json", "text")
_MIN_TOKEN = 20


@dataclass(frozen=True)
class SeeingSettings:
    """`slow_ms`: statements that take at least so long are logged; 0: none. `problems`: what was not read."""

    log_form: str = "text"
    log_requests: bool = False
    slow_ms: int = 500
    metrics_token: str = field(default="", repr=False)
    metrics_from: tuple[Network, ...] = ()
    problems: tuple[str, ...] = ()


def read_seeing(source: Mapping[str, str], env: str) -> SeeingSettings:
    """From the environment: in production lines of JSON, one for each request."""
    is_production = env == "production"
    problems: list[str] = []
    form = source.get("QUIZ_LOG") or ("json" if is_production else "text")
    if form not in _FORMS:
        problems.append(f"QUIZ_LOG is {form!r}; it can be {' or '.join(_FORMS)}")
    slow = source.get("QUIZ_SLOW_MS") or "500"
    if not (slow.isascii() and slow.isdecimal()):
        problems.append("QUIZ_SLOW_MS is a number of milliseconds, e.g. 500, or 0 for no slow-query log")
    token = source.get("QUIZ_METRICS_TOKEN", "")
    if token and len(token) < _MIN_TOKEN:
        problems.append(f"QUIZ_METRICS_TOKEN is too short; it has at least {_MIN_TOKEN} characters")
    networks: tuple[Network, ...] = ()
    try:
        networks = tuple(ip_network(one) for one in source.get("QUIZ_METRICS_FROM", "").split())
    except ValueError:
        problems.append("QUIZ_METRICS_FROM names networks with spaces between, e.g. 10.20.0.0/24 fd00:7::/64")
    if any(network.prefixlen == 0 for network in networks):
        problems.append("QUIZ_METRICS_FROM lets everybody in; name the network of the machine that asks")
    return SeeingSettings(
        log_form=form,
        log_requests=source.get("QUIZ_LOG_REQUESTS", "1" if is_production else "0") == "1",
        slow_ms=0 if problems else int(slow),
        metrics_token=token,
        metrics_from=networks,
        problems=tuple(problems),
    )
