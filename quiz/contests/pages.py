"""A contest and its rounds as pages show them: values made once, read by the templates of all packages."""

from dataclasses import dataclass
from datetime import date, datetime

from quiz.contests import labels, queries
from quiz.contests.collective_labels import collective_in_words, order_in_words
from quiz.contests.definition import CollectiveDefinition
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase, RoundState
from quiz.scoring.ranking import Criterion
from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class Decision:
    """The document that the contest rests on, or by which a round's results are recognised."""

    number: str
    day: date | None
    issuer: str


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """One round in figures. `minutes` None: as long as it is open. `decision`: of published results."""

    number: int
    name: str
    phase: str
    opens_at: datetime
    closes_at: datetime
    questions: int
    minutes: int | None
    has_prediction: bool
    attempts_limit: int | None
    attempts_per: str
    counts: str
    is_practice: bool
    hours: str
    reopens_at: datetime | None
    admits: str
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class ContestRules:
    """The rules in words."""

    eligibility: str | None
    excluded: str | None
    criteria: tuple[str, ...]
    prediction: str | None
    prizes: tuple[str, ...]
    collective: tuple[str, ...]
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round in the list of rounds."""

    facts: RoundFacts
    is_current: bool
    publish_by: date | None
    results_url: str | None
    answers_url: str | None


def contact_of(contest: Contest) -> Contact:
    """Who answers for the contest."""
    settings, decision = contest.settings, contest.settings.decision
    return Contact(
        settings.organiser,
        settings.hotline or None,
        settings.hotline_hours or None,
        contest=settings.title,
        decision=decision.number if decision else "",
        decided_on=decision.date if decision else None,
        language=settings.language.value,
        slug=contest.slug,
    )


def round_facts(round_: Round, now: datetime) -> RoundFacts:
    """The round in figures, with its phase at a moment."""
    definition, phase = round_.settings, round_.window.phase(now)
    return RoundFacts(
        number=round_.number,
        name=definition.name,
        phase=phase.value,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        questions=definition.paper.question_count,
        minutes=definition.minutes,
        has_prediction=definition.prediction is not None,
        attempts_limit=definition.attempts.limit,
        attempts_per=definition.attempts.per.value,
        counts=str(labels.COUNTS[definition.attempts.counts]),
        is_practice=definition.practice,
        hours=labels.hours_in_words(definition.windows) if definition.windows else "",
        reopens_at=round_.window.reopens_at(now) if phase is Phase.RESTING else None,
        admits=labels.admission_in_words(definition.admits) if definition.admits else "",
        decision=result_decision(round_),
    )


def result_decision(round_: Round) -> Decision | None:
    """The document by which the round's results are recognised; None before, and where there is none."""
    found = round_.decision if round_.state == RoundState.PUBLISHED.value else None
    return Decision(found.number, found.date, found.signer) if found else None


def criteria_words(criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    """The ranking's criteria in their order, in words."""
    return tuple(str(labels.CRITERIA[criterion]) for criterion in criteria)


def decision_of(contest: Contest) -> Decision | None:
    """The contest's decision, None where it has none."""
    decision = contest.settings.decision
    return Decision(decision.number, decision.date, contest.settings.organiser) if decision else None


def contest_rules(contest: Contest, round_: Round | None) -> ContestRules:
    """The rules of the contest and of one of its rounds."""
    definition = round_.settings if round_ else None
    prediction = definition.prediction if definition else None
    return ContestRules(
        eligibility=contest.settings.audience or None,
        excluded=contest.settings.barred or None,
        criteria=criteria_words(definition.ranking) if definition else (),
        prediction=labels.prediction_in_words(prediction) if prediction else None,
        prizes=tuple(f"{prize.count} {prize.name}" for prize in definition.prizes) if definition else (),
        collective=tuple(collective_in_words(rule, lists_of(contest, rule)) for rule in contest.collective),
        decision=decision_of(contest),
    )


def milliseconds_left(round_: Round, now: datetime) -> int | None:
    """Time until an open or paused round closes, or until a scheduled one opens; None in other phases."""
    phase = round_.window.phase(now)
    if phase in (Phase.OPEN, Phase.PAUSED):
        return max(0, round((round_.closes_at - now).total_seconds() * 1000))
    if phase is Phase.RESTING and (reopens_at := round_.window.reopens_at(now)) is not None:
        return max(0, round((reopens_at - now).total_seconds() * 1000))
    if phase is Phase.SCHEDULED:
        return max(0, round((round_.opens_at - now).total_seconds() * 1000))
    return None


def lists_of(contest: Contest, rule: CollectiveDefinition) -> dict[int, str]:
    """Names of the combined lists, where a rule looks at any."""
    return queries.list_names(contest) if rule.lists else {}


def order_of(contest: Contest, rule: CollectiveDefinition) -> str:
    """What ranks the contest's units under a rule, within a sentence."""
    return order_in_words(rule, lists_of(contest, rule))
