"""Who may enter, what is asked, and what makes two entries the same person. Pure."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from quiz.contests.definition_json import Piece

FORM_FIELDS = (
    "name",
    "birth_date",
    "gender",
    "phone",
    "email",
    "national_id",
    "unit",
    "workplace",
    "address",
    "category",
)
_CONTACTS = {"phone", "email"}
CHILD_BELOW = 16  # under this age a representative agrees for the child


class Presence(StrEnum):
    """Whether a field stands on the entry form."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    OFF = "off"


class Birth(StrEnum):
    """How exactly a birth date is asked for."""

    DATE = "date"
    YEAR = "year"  # kept as 1 January of the year


class Unique(StrEnum):
    """What no two entries of a contest may share."""

    PHONE = "phone"
    NATIONAL_ID = "national_id"
    PHONE_NAME_BIRTH_DATE = "phone+name+birth_date"
    ACCOUNT = "account"
    ROSTER = "roster"
    FLAG = "flag"  # nothing: likely twins are shown to the organisers


class Way(StrEnum):
    """How somebody may come to the entry form, and back to their entry."""

    FORM = "form"  # open: nothing is proven
    CODE = "code"  # a one-time code to the phone or mail address that the form asks for
    ACCOUNT = "account"  # with a password
    OIDC = "oidc"  # the installation's provider of identities


@dataclass(frozen=True, slots=True)
class EntryFields(Piece):
    """The fields of the entry form."""

    name: Presence = Presence.REQUIRED
    birth_date: Presence = Presence.REQUIRED
    gender: Presence = Presence.OFF
    phone: Presence = Presence.REQUIRED
    email: Presence = Presence.OFF
    national_id: Presence = Presence.OFF
    unit: Presence = Presence.OFF
    workplace: Presence = Presence.OFF  # in the entrant's own words
    address: Presence = Presence.OFF
    category: Presence = Presence.OFF


@dataclass(frozen=True, slots=True)
class Category(Piece):
    """A kind of entrants that the organisers tell apart; entries keep the code."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class EntryPolicy(Piece):
    """The rules of entering. Ages are counted in full years on a stated day, else on the day of entering.

    `units` are codes: those units and all under them may enter; none: all. With `roster` only people on the
    uploaded list may enter.
    """

    fields: EntryFields = field(default_factory=EntryFields)
    birth: Birth = Birth.DATE
    categories: tuple[Category, ...] = ()
    unique: Unique = Unique.PHONE_NAME_BIRTH_DATE
    ways: tuple[Way, ...] = (Way.FORM,)
    min_age: int | None = None
    max_age: int | None = None
    age_on: date | None = None
    allow_under_16: bool = True
    units: tuple[str, ...] = ()
    roster: bool = False
    consent: str = ""  # the organisers' own words; empty: the product's
    consent_version: str = "1"
    retention_months: int = 12

    @property
    def lowest_age(self) -> int | None:
        """The age from which people may enter, with the bar for children taken in; None: any."""
        if self.allow_under_16:
            return self.min_age
        return max(self.min_age or 0, CHILD_BELOW)

    @property
    def asks_only_year(self) -> bool:
        """Whether only the year of birth is asked for."""
        return self.birth is Birth.YEAR

    @property
    def uses_roster(self) -> bool:
        """Whether only people on the uploaded list may enter."""
        return self.roster or self.unique is Unique.ROSTER

    def admits_unit(self, path: str) -> bool:
        """Whether people of the unit with this path of codes (each between slashes) may enter."""
        return not self.units or any(f"/{code}/" in path for code in self.units)

    def category_name(self, code: str | None) -> str:
        """What a category is called, "" for none; one that was taken out later answers with its code."""
        return next((one.name for one in self.categories if one.code == code), code or "")

    @property
    def contacts(self) -> tuple[str, ...]:
        """The fields of the form that a one-time code can be sent to."""
        return tuple(name for name in FORM_FIELDS if name in _CONTACTS and self.asks(name))

    @property
    def is_open(self) -> bool:
        """Whether people may enter without proving anything."""
        return Way.FORM in self.ways

    @property
    def has_way_to_identity(self) -> bool:
        """Whether every way in gives what entries are told apart by: an account, where that is the rule."""
        return self.unique is not Unique.ACCOUNT or ACCOUNT_WAYS.issuperset(self.ways)

    def presence(self, name: str) -> Presence:
        """How one of FORM_FIELDS stands on the form."""
        value: Presence = getattr(self.fields, name)
        return value

    def asks(self, name: str) -> bool:
        """Whether the form has the field."""
        return self.presence(name) is not Presence.OFF

    def requires(self, name: str) -> bool:
        """Whether the field must be filled in."""
        return self.presence(name) is Presence.REQUIRED


# What a rule of uniqueness is made of, in the order in which it is compared.
UNIQUE_PARTS: dict[Unique, tuple[str, ...]] = {
    Unique.PHONE: ("phone",),
    Unique.NATIONAL_ID: ("national_id",),
    Unique.PHONE_NAME_BIRTH_DATE: ("phone", "name", "birth_date"),
    Unique.ACCOUNT: ("account",),
    Unique.ROSTER: ("roster",),
    Unique.FLAG: (),
}
# The ways that end in an account.
ACCOUNT_WAYS = frozenset({Way.ACCOUNT, Way.OIDC})
