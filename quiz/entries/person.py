"""What an entrant states, and the keyed hashes by which entries are compared. Pure."""

from dataclasses import dataclass, field
from datetime import date

from quiz.core.secrets import Keyring
from quiz.entries.extras import EXTRA_FIELDS, Extras
from quiz.entries.representatives import Representative

ORIGIN_PURPOSE = "entries.origin"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry comes from: the browser's random mark and the network. Compared as keyed hashes only."""

    device: str
    network: str


@dataclass(frozen=True, slots=True)
class Person:
    """What an entrant states, already normalised: phone as +84…, national ID as 12 digits.

    Where only the year of birth is asked for, the date is 1 January. `roster_id` is whom of the list the
    code was found to mean.
    """

    name: str
    birth_date: date | None = None
    phone: str | None = None
    national_id: str | None = None
    unit_id: int | None = None
    may_publish: bool = False
    category: str | None = None
    roster_code: str | None = None
    roster_id: int | None = None
    extras: Extras = field(default_factory=Extras)
    account_id: int | None = None
    origin: Origin | None = None
    representative: Representative | None = None  # of a child
    referred_by: int | None = None  # the entry whose personal link led here

    def states(self, field: str) -> bool:
        """Whether one of the fields of the form is filled in."""
        if field == "unit":
            return self.unit_id is not None
        return getattr(self.extras if field in EXTRA_FIELDS else self, field) is not None


def phone_key(keyring: Keyring, contest_id: int, phone: str) -> str:
    """The keyed hash by which phones are compared inside one contest."""
    return keyring.blind_index(f"phone:{contest_id}", phone)


def phone_keys(keyring: Keyring, contest_id: int, phone: str) -> tuple[str, ...]:
    """What a stored row may hold of the phone, under every known key."""
    return keyring.blind_indexes(f"phone:{contest_id}", phone)


def email_keys(keyring: Keyring, contest_id: int, email: str) -> tuple[str, ...]:
    """What a stored row may hold of the mail address, under every known key."""
    return keyring.blind_indexes(f"email:{contest_id}", email)


def email_key(keyring: Keyring, contest_id: int, email: str) -> str:
    """The keyed hash by which mail addresses are compared inside one contest."""
    return keyring.blind_index(f"email:{contest_id}", email)


def origin_columns(keyring: Keyring, contest_id: int, origin: Origin | None, context: str) -> dict[str, str]:
    """The columns by which browsers and networks are compared inside one contest, and in no other.

    What they are hashed from stays encrypted beside them as long as they do: for a change of the data key.
    """
    if origin is None:
        return {}
    words = f"{origin.device}\n{origin.network}"
    return origin_keys(keyring, contest_id, origin) | {
        "origin_cipher": keyring.encrypt(ORIGIN_PURPOSE, words, context)
    }


def origin_of(keyring: Keyring, origin_cipher: str, context: str) -> Origin:
    """What `origin_columns` has sealed. Raises CannotDecrypt."""
    device, _, network = keyring.decrypt(ORIGIN_PURPOSE, origin_cipher, context).partition("\n")
    return Origin(device, network)


def origin_keys(keyring: Keyring, contest_id: int, origin: Origin) -> dict[str, str]:
    """The keyed hashes of browser and network."""
    return {
        "device_key": keyring.blind_index(f"device:{contest_id}", origin.device),
        "network_key": keyring.blind_index(f"network:{contest_id}", origin.network),
    }
