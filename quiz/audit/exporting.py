"""The log out of the database, sealed; and the check of a file or of the database itself. Reads only."""

from collections.abc import Iterable, Iterator

from quiz.audit.lines import Verdict, verify, write
from quiz.audit.queries import ends_of_chains, iterate_records
from quiz.core.secrets import Keyring

_PURPOSE = "audit file"


def export_lines(keyring: Keyring, *, only: int | None = None) -> Iterator[str]:
    """The whole log, or `only` one chain, a line for each event and one that seals them."""
    ends = ends_of_chains(only)
    return write(iterate_records(ends), ends, lambda text: _sign(keyring, text), _key(keyring))


def check_lines(lines: Iterable[str], keyring: Keyring) -> Verdict:
    """What is wrong with an exported file; the seal is checked if it is this installation's."""
    return verify(lines, lambda text: _sign(keyring, text), _key(keyring))


def check_database(keyring: Keyring) -> Verdict:
    """What is wrong with the log as it stands in the database."""
    return check_lines(export_lines(keyring), keyring)


def _sign(keyring: Keyring, text: str) -> str:
    return keyring.sign(_PURPOSE, text).hex()


def _key(keyring: Keyring) -> str:
    """A name of the key that says nothing about it."""
    return keyring.blind_index(_PURPOSE, "the key's name")[:8]
