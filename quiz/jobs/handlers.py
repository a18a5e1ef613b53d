"""What a kind of job is: the function that does it, and how people hear of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from quiz.accounts.permissions import Permission
from quiz.audit.actors import Actor


class Progress(Protocol):
    """How a handler says how far it is: `done` of `total`, and a code for the step it is at."""

    def __call__(self, done: int, total: int | None, message: str | None = None) -> None:
        """Cheap: call it as often as you like, inside a transaction or outside."""


def unwatched(done: int, total: int | None, message: str | None = None) -> None:
    """The progress that nobody looks at."""
    del done, total, message


Params = Mapping[str, Any]
Run = Callable[[Params, Progress, Actor, datetime], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Handler:
    """One kind of job. `run` is given the stored params and returns the result, both fit for JSON.

    `label` and `steps` (message code -> words) are lazy translations. Besides its creator only people with
    `permission` see a job. A repeatable job may be run again from its beginning after its worker died.
    `address` gives the page of the outcome where `run` cannot put it into result["url"].
    """

    run: Run
    label: object
    permission: Permission | None = None
    is_repeatable: bool = False
    steps: Mapping[str, object] = field(default_factory=dict)
    address: Callable[[Params], str] | None = None


Handlers = Mapping[str, Handler]


class Chore(Protocol):
    """Something that housekeeping looks after: asks for the jobs that are due and says how many."""

    def __call__(self, *, now: datetime) -> int:
        """Quick: it is called every half minute."""
