"""How often people may do what, as an installation sets it."""

from collections.abc import Mapping
from dataclasses import dataclass

CHALLENGES = ("auto", "always", "off")
# Hundreds of phones stand behind one address: no installation may shut out fewer than these in a minute.
LEAST_PER_NETWORK = 300


@dataclass(frozen=True)
class LimitSettings:
    """`challenge_from`: so many entries, or starts, of a network a minute need no proof of work.

    `challenge_harder_from`: so many within ten minutes, and each further proof takes more work.
    """

    is_on: bool = True
    challenge: str = "auto"
    challenge_from: int = 60
    challenge_harder_from: int = 250
    network_per_minute: int = 1200
    start_spacing: int = 60  # seconds between two starts of one person


def read_limits(source: Mapping[str, str], env: str) -> LimitSettings:
    """From the environment; tests set no limits unless they say so. -1 stands for what is no number."""
    is_test = env == "test"
    return LimitSettings(
        is_on=source.get("QUIZ_LIMITS", "0" if is_test else "1") == "1",
        challenge=source.get("QUIZ_CHALLENGE", "auto"),
        challenge_from=_number(source.get("QUIZ_CHALLENGE_FROM", "60")),
        challenge_harder_from=_number(source.get("QUIZ_CHALLENGE_HARDER_FROM", "250")),
        network_per_minute=_number(source.get("QUIZ_NETWORK_PER_MINUTE", "1200")),
        start_spacing=_number(source.get("QUIZ_START_SPACING", "0" if is_test else "60")),
    )


def limit_problems(limits: LimitSettings) -> list[str]:
    """What cannot be meant, a line each."""
    problems = []
    if limits.challenge not in CHALLENGES:
        problems.append(f"QUIZ_CHALLENGE is {limits.challenge!r}; it can be {', '.join(CHALLENGES)}")
    if limits.challenge_from < 0:
        problems.append("QUIZ_CHALLENGE_FROM is a number of entries a minute, e.g. 60")
    if limits.challenge_harder_from < 0:
        problems.append("QUIZ_CHALLENGE_HARDER_FROM is a number of entries in ten minutes, e.g. 250")
    if limits.network_per_minute < LEAST_PER_NETWORK:
        problems.append(
            f"QUIZ_NETWORK_PER_MINUTE has to be at least {LEAST_PER_NETWORK}: villages share one address"
        )
    if not 0 <= limits.start_spacing <= 3600:
        problems.append("QUIZ_START_SPACING is a number of seconds from 0 to 3600")
    return problems


def _number(given: str) -> int:
    try:
        return int(given)
    except ValueError:
        return -1
