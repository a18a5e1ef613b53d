"""How names are compared and searched without being readable: keyed hashes of the folded name. Pure.

The whole name has one hash, for equality; each word has a shorter one, in an order that says nothing, for
search. Both are made per contest, so that nobody can follow a person from one contest to another.
"""

from quiz.core.names import name_key
from quiz.core.secrets import Keyring
from quiz.entries.roster_reading import code_key

# Of 2^48 words two that are meant to differ never meet; the shorter the hash, the smaller the row.
_WORD_DIGITS = 12


def name_hash(keyring: Keyring, contest_id: int, name: str) -> str:
    """The keyed hash by which names are compared: equal however the name was typed."""
    return keyring.blind_index(f"name:{contest_id}", name_key(name))


def name_hashes(keyring: Keyring, contest_id: int, name: str) -> tuple[str, ...]:
    """What a stored row may hold of the name, under every known key."""
    return keyring.blind_indexes(f"name:{contest_id}", name_key(name))


def name_columns(keyring: Keyring, contest_id: int, name: str) -> dict[str, str]:
    """The columns of a row that has a name: the name itself, and by what it is compared and found."""
    words = {_short(keyring.blind_index(_purpose(contest_id), word)) for word in name_key(name).split()}
    return {
        "name": name,
        "name_key": name_hash(keyring, contest_id, name),
        "name_words": " ".join(sorted(words)),
    }


def searched_words(keyring: Keyring, contest_id: int, typed: str) -> list[tuple[str, ...]]:
    """For each word that somebody looks for: how rows may hold it, under every known key."""
    return [
        tuple(_short(one) for one in keyring.blind_indexes(_purpose(contest_id), word))
        for word in dict.fromkeys(name_key(typed).split())
    ]


def code_hash(keyring: Keyring, contest_id: int, code: str) -> str:
    """The keyed hash by which codes of a roster are compared."""
    return keyring.blind_index(f"roster code:{contest_id}", code_key(code))


def code_hashes(keyring: Keyring, contest_id: int, code: str) -> tuple[str, ...]:
    """What a stored row may hold of the code, under every known key."""
    return keyring.blind_indexes(f"roster code:{contest_id}", code_key(code))


def _purpose(contest_id: int) -> str:
    return f"name word:{contest_id}"


def _short(index: str) -> str:
    return index[:_WORD_DIGITS]
