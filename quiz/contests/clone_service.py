"""A new contest with the rules of another one, and nothing of its people."""

from datetime import date, datetime

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.cloning import cloned
from quiz.contests.errors import ContestRefused
from quiz.contests.models import Contest
from quiz.contests.queries import find_contest, get_contest
from quiz.contests.service import apply_definition, definition_of
from quiz.core.database import transaction


def clone_contest(
    contest: Contest, *, slug: str, title: str, opens_on: date | None, actor: Actor, now: datetime
) -> Contest:
    """A draft with the contest's settings, rounds, lists and collective rules; its log begins anew.

    Raises ContestRefused: the address is taken, or what it rests on has gone (a tree, a bank, a document).
    """
    wanted = cloned(definition_of(contest), slug, title, opens_on)
    with transaction():
        if find_contest(slug) is not None:
            raise ContestRefused("slug_is_taken", slug=slug)
        apply_definition(wanted, actor=actor, now=now)
        made = get_contest(slug)
        record(
            Action.CONTEST_CLONED,
            f"contest {slug}",
            actor=actor,
            now=now,
            contest_id=made.id,
            source=contest.slug,
        )
    return made
