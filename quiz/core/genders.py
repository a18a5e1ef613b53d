"""What people state as their gender. Pure."""

from enum import StrEnum


class Gender(StrEnum):
    """As papers have it, and a word for everybody else."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
