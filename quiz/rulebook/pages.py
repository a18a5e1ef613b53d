"""The rules of a stored contest: what the public page, the organisers' draft and prints show."""

from dataclasses import dataclass, replace

from quiz.contests import queries as contests
from quiz.contests.definition import ContestDefinition
from quiz.contests.models import Contest
from quiz.contests.service import definition_of
from quiz.rulebook.articles import Article, Grid
from quiz.rulebook.book import rulebook
from quiz.rulebook.preview import sample_ranking
from quiz.units.queries import known_units


@dataclass(frozen=True, slots=True)
class RulesDraft:
    """The rules with rounds that are still drafts, and made-up people ranked under each round's rules.

    `next_seed` leads to other people.
    """

    slug: str
    title: str
    articles: tuple[Article, ...]
    samples: tuple[Grid, ...]
    next_seed: int


def public_rules(contest: Contest) -> tuple[Article, ...]:
    """The rules of the rounds that have left the draft."""
    rounds = tuple(round_.settings for round_ in contests.list_public_rounds(contest))
    return rulebook(replace(definition_of(contest), rounds=rounds), _unit_names(contest))


def rules_draft(contest: Contest, seed: int) -> RulesDraft:
    """The rules as they will be read when all rounds are public; the made-up people follow from the seed."""
    definition = definition_of(contest)
    return RulesDraft(
        slug=contest.slug,
        title=contest.settings.display_title,
        articles=rulebook(definition, _unit_names(contest)),
        samples=_samples(definition, seed),
        next_seed=seed + 1,
    )


def _samples(definition: ContestDefinition, seed: int) -> tuple[Grid, ...]:
    return tuple(sample_ranking(one, seed) for one in definition.rounds if not one.practice)


def _unit_names(contest: Contest) -> dict[str, str]:
    if not contest.entry.units:
        return {}
    if contest.snapshot_at is None and contest.tree_id is not None:
        return {code: unit.name for code, unit in known_units(contest.tree_id).items()}
    return {unit.code: unit.name for unit in contests.list_units(contest.id)}
