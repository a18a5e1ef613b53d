"""Who acts: a member of staff, an entrant, or the system itself."""

from dataclasses import dataclass

ENTRANT = "entrant"
STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Actor:
    """The acting party as the audit log keeps it; `name` is for reading, `kind` and `id` are for finding."""

    kind: str
    id: int | None
    name: str

    @classmethod
    def system(cls, name: str = "system") -> "Actor":
        """A command or the clock."""
        return cls("system", None, name)

    @classmethod
    def staff(cls, staff_id: int, name: str) -> "Actor":
        """A signed-in member of staff."""
        return cls(STAFF, staff_id, name)

    @classmethod
    def entrant(cls, entry_id: int) -> "Actor":
        """An entrant; the log keeps the entry's number, never a name."""
        return cls(ENTRANT, entry_id, "")
