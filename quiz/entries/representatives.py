"""Who agrees for a child: a name and a phone. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Representative:
    """Father, mother or guardian; the phone as +84…"""

    name: str
    phone: str

    def as_dict(self) -> dict[str, str]:
        """As it is kept beside the further fields."""
        return {"name": self.name, "phone": self.phone}
