"""From rows to the pages of an attempt."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from string import ascii_uppercase

from flask import url_for
from flask_babel import gettext as _

from quiz.attempts import allowance, queries, service
from quiz.attempts.closing import marks_of
from quiz.attempts.helping import find_need
from quiz.attempts.languages import LanguageChoice, choices_of, language_for
from quiz.attempts.models import Accommodation, Attempt
from quiz.attempts.pages import (
    ConfirmPage,
    PastAttempt,
    PlayImage,
    PlayPage,
    PlayPrediction,
    PlayQuestion,
    PlaySheet,
    ReadyPage,
    Running,
)
from quiz.attempts.timing import deadline, extra_time, remaining_ms
from quiz.attempts.wording import available_languages, other_wordings, pictures_in, wording_in
from quiz.bank.language_queries import translated_into
from quiz.bank.queries import revisions
from quiz.bank.values import RevisionView
from quiz.contests import labels
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import contact_of, contest_rules, milliseconds_left, round_facts
from quiz.contests.phases import Phase
from quiz.contests.queries import list_public_rounds
from quiz.contests.visibility import visible
from quiz.entries.models import Entry
from quiz.web.filters import full_time


def is_running(attempt: Attempt, round_: Round, now: datetime) -> bool:
    """Whether the attempt can still be worked on."""
    if attempt.closed_at is not None:
        return False
    return remaining_ms(attempt.deadline_at, now) > 0 or allowance.is_paused(round_, attempt)


def play_page(contest: Contest, round_: Round, attempt: Attempt, now: datetime) -> PlayPage:
    """The running attempt: questions and choices in the paper's order, without anything of the key."""
    definition = round_.settings
    paper = paper_of(attempt)
    languages = available_languages(view for view, _order in paper)
    language = language_for(languages)
    return PlayPage(
        code=attempt.code,
        slug=contest.slug,
        contest_title=contest.settings.display_title,
        round_name=definition.name,
        attempt_number=attempt.number,
        attempts_limit=definition.attempts.limit,
        deadline_at=attempt.deadline_at,
        allowed_ms=(attempt.deadline_at - attempt.started_at) // timedelta(milliseconds=1),
        must_answer_all=definition.must_answer_all,
        questions=tuple(_question(place, *one, language) for place, one in enumerate(paper, start=1)),
        prediction=prediction_of(round_),
        sheet=_play_sheet(attempt, now),
        notice=notice_for(round_, now),
        hides_clock=hides_clock(attempt),
        languages=choices_of(languages, language, "attempts.play", code=attempt.code),
        wordings=other_wordings(paper, language, languages),
    )


def hides_clock(attempt: Attempt) -> bool:
    """Whether the person needs pages that do not count time down."""
    need = find_need(attempt.contest_id, attempt.entry_id)
    return need is not None and need.hides_clock


def notice_for(round_: Round, now: datetime) -> str | None:
    """What who is in the middle of an attempt has to know: that the clock stands, or what is announced."""
    if round_.window.phase(now) is Phase.PAUSED:
        return str(_("Vòng thi đang tạm dừng. Thời gian tạm dừng không bị trừ."))
    return queries.notice_of(round_.contest_id, round_.number)


def paper_of(attempt: Attempt) -> list[tuple[RevisionView, Sequence[int]]]:
    """The paper: what each question says, and the order of its choices."""
    views = revisions([revision for revision, _order in attempt.paper])
    return [(views[revision], order) for revision, order in attempt.paper]


def images_of(
    place: int, view: RevisionView, order: Sequence[int]
) -> tuple[tuple[PlayImage, ...], tuple[tuple[PlayImage, ...], ...]]:
    """The pictures of a question's wording, and of each of its choices as shown."""
    found: dict[int | None, list[PlayImage]] = {}
    for picture, choice in pictures_in(view, order):
        if choice is None:
            name = _("Hình của câu %(n)s", n=place)
        else:
            name = _("Hình của phương án %(letter)s", letter=ascii_uppercase[choice - 1])
        address = url_for("pictures.picture", digest=picture.digest, extension=picture.extension)
        image = PlayImage(address, picture.alt.strip() or name, picture.width, picture.height)
        found.setdefault(choice, []).append(image)
    of_choices = tuple(tuple(found.get(choice, ())) for choice in range(1, len(order) + 1))
    return tuple(found.get(None, ())), of_choices


def _question(place: int, view: RevisionView, order: Sequence[int], language: str) -> PlayQuestion:
    wording = wording_in(view, order, language)
    images, choice_images = images_of(place, view, order)
    return PlayQuestion(
        place=place,
        text=wording.text,
        is_multiple=view.kind == "multiple",
        choices=wording.choices,
        language=wording.language,
        images=images,
        choice_images=choice_images,
    )


def prediction_of(round_: Round) -> PlayPrediction | None:
    """The prediction question in words, None where the round has none."""
    definition = round_.settings
    rule = definition.prediction
    if rule is None:
        return None
    question = str(labels.TARGET_QUESTIONS[rule.target]) % {
        "questions": definition.paper.question_count,
        "round": definition.name,
    }
    return PlayPrediction(
        question=question,
        unit=str(labels.TARGET_UNITS[rule.target]),
        decimals=rule.decimals,
        note=_(
            "%(target)s. Chốt lúc %(time)s. Dự thi nhiều lượt thì %(stated)s.",
            target=labels.TARGETS[rule.target],
            time=full_time(round_.closes_at),
            stated=labels.STATED[rule.counts],
        ),
        is_required=True,
    )


def confirm_page(contest: Contest, round_: Round, attempt: Attempt, now: datetime) -> ConfirmPage:
    """What will be handed in."""
    total = attempt.question_count
    empty = tuple(place for place in range(1, total + 1) if not attempt.answers.get(str(place)))
    prediction = prediction_of(round_)
    return ConfirmPage(
        code=attempt.code,
        contest_title=contest.settings.display_title,
        round_name=round_.settings.name,
        attempt_number=attempt.number,
        attempts_limit=round_.settings.attempts.limit,
        total=total,
        answered=total - len(empty),
        empty=empty,
        flagged=tuple(attempt.flags),
        has_prediction=prediction is not None,
        prediction=attempt.prediction,
        prediction_unit=prediction.unit if prediction else "",
        remaining_ms=None if hides_clock(attempt) else remaining_ms(attempt.deadline_at, now),
        may_submit=not (round_.settings.must_answer_all and empty),
    )


def ready_page(
    contest: Contest,
    round_: Round,
    entry: Entry,
    unit: ContestUnit | None,
    refusal: str | None,
    begins_at: datetime,
    now: datetime,
) -> ReadyPage:
    """Before the start."""
    definition = round_.settings
    past = queries.list_attempts(contest.id, entry.id)
    running = allowance.running_attempt(past, round_, now)
    need = find_need(contest.id, entry.id)
    extra = extra_time(definition.minutes, need.extra_percent if need else 0)
    ends_at = deadline(now, definition.minutes, round_.window.ends_at(now), definition.finish, extra=extra)
    whole = definition.minutes or 0
    minutes_now = max(0, int((ends_at - now).total_seconds() // 60))
    return ReadyPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        rules=contest_rules(contest, round_),
        name=entry.name,
        unit=unit.name if unit else None,
        unit_url=_unit_url(contest),
        attempt_number=1 + sum(1 for row in past if row.round_number == round_.number),
        attempts_left=allowance.attempts_left(past, contest, round_, now),
        ends_at=ends_at,
        minutes_now=minutes_now,
        is_cut=bool(whole) and minutes_now < whole - 1,
        refusal=refusal,
        milliseconds=milliseconds_left(round_, now) if _opens_later(round_, now) else None,
        begins_at=begins_at if now < begins_at != round_.opens_at else None,
        running=_running(running, need, now),
        past=_past(past, round_, entry, now),
        other_rounds=_other_rounds(contest, round_, past),
        languages=_languages_before(contest, round_),
    )


def _opens_later(round_: Round, now: datetime) -> bool:
    """Whether there is an opening to wait for: the first, or the next day's."""
    return now < round_.opens_at or round_.window.phase(now) is Phase.RESTING


def _unit_url(contest: Contest) -> str | None:
    return url_for("entries.unit", slug=contest.slug) if contest.entry.asks("unit") else None


def _other_rounds(contest: Contest, round_: Round, past: Sequence[Attempt]) -> tuple[tuple[str, str], ...]:
    """Name and address of the other rounds that the person has taken part in."""
    taken = {row.round_number for row in past} - {round_.number}
    return tuple(
        (one.settings.name, start_url(contest, one))
        for one in list_public_rounds(contest)
        if one.number in taken
    )


def _languages_before(contest: Contest, round_: Round) -> tuple[LanguageChoice, ...]:
    """What the questions of the round's bank can be read in; the paper itself is not drawn yet."""
    languages = translated_into(round_.settings.paper.bank)
    where = {"slug": contest.slug, "number": round_.number}
    return choices_of(languages, language_for(languages), "attempts.ready", **where)


def _running(attempt: Attempt | None, need: Accommodation | None, now: datetime) -> Running | None:
    if attempt is None:
        return None
    left = None if need and need.hides_clock else remaining_ms(attempt.deadline_at, now)
    return Running(attempt.code, attempt.number, left, len(attempt.answers))


def _past(past: Sequence[Attempt], round_: Round, entry: Entry, now: datetime) -> tuple[PastAttempt, ...]:
    definition = round_.settings
    shown = visible(
        round_.window.phase(now),
        definition.prediction.target if definition.prediction else None,
        definition.publish,
    )
    result = queries.find_result(entry.contest_id, round_.number, entry.id)
    return tuple(
        PastAttempt(
            number=row.number,
            code=row.code,
            submitted_at=row.submitted_at or row.deadline_at,
            correct=(row.correct_count if row.closed_at else marks_of(row, round_).correct)
            if shown.own_score
            else None,
            total=row.question_count,
            duration_ms=row.duration_ms or 0,
            is_counted=result is not None and result.attempt_id == row.id,
            is_given_back=row.voided_at is not None and row.annulment_id is None,
            is_annulled=row.annulment_id is not None,
        )
        for row in past
        if row.round_number == round_.number and not is_running(row, round_, now)
    )


def _play_sheet(attempt: Attempt, now: datetime) -> PlaySheet:
    sheet = service.sheet_of(attempt)
    return PlaySheet(
        revision=sheet.revision,
        answers=sheet.answers,
        flags=sheet.flags,
        prediction=sheet.prediction,
        saved_at=attempt.saved_at,
        remaining_ms=remaining_ms(attempt.deadline_at, now),
    )


def start_url(contest: Contest, round_: Round) -> str:
    """The page before the start of a round."""
    return url_for("attempts.ready", slug=contest.slug, number=round_.number)
