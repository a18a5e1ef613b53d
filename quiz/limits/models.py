"""Counts and used-up proofs. On SQLite they live in a file of their own: see `quiz.limits.store`."""

from sqlalchemy.orm import Mapped, mapped_column

from quiz.core.database import Model, bigint, short


class RateWindow(Model):
    """One bucket: how often within the present window of `seconds`, and within the one before it.

    `bucket` is a keyed hash; `started` is in seconds of the epoch.
    """

    __tablename__ = "rate_windows"

    bucket: Mapped[short] = mapped_column(primary_key=True)
    started: Mapped[bigint]
    seconds: Mapped[int]
    hits: Mapped[int]
    earlier: Mapped[int]


class SpentProof(Model):
    """A challenge that was used, remembered until it would have expired anyway (seconds of the epoch)."""

    __tablename__ = "spent_proofs"

    key: Mapped[short] = mapped_column(primary_key=True)
    until: Mapped[bigint]
