"""From the lines of one question to the question itself, or to the problems that it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from question_bank.answer_keys import LETTERS, is_true
from question_bank.formats import choice_checks
from question_bank.formats.lines import endings, keys, signs, truths
from question_bank.formats.lines.choices import Cut, cut_at_letters, goes_on_oddly
from question_bank.formats.lines.key_tables import Entry
from question_bank.formats.lines.model import images_of, joined
from question_bank.formats.lines.plain_choices import cut_without_letters
from question_bank.formats.lines.starts import Draft
from question_bank.formats.lines.wording_checks import wording_problems
from question_bank.formats.picture_files import is_lost
from question_bank.problems import problem
from question_bank.values import Choice, Image, Kind, Problem, Question, Severity

TRUE_AND_FALSE = ("Đúng", "Sai")


@dataclass(slots=True)
class Parsed:
    """A draft cut into its parts, before its key is known."""

    draft: Draft
    cut: Cut
    ending: endings.Ending
    ticked: tuple[int, ...] = ()

    @property
    def stem(self) -> str:
        return joined(self.cut.stem)

    @property
    def texts(self) -> list[str]:
        return [" ".join(joined(option.pieces).split()) for option in self.cut.options]

    @property
    def shows_key(self) -> bool:
        """Whether the question says its key itself, without a list elsewhere."""
        return bool(self.ending.answers or self.ticked or signs.looks(self.cut.options))


@dataclass(slots=True)
class Made:
    """The question if it is one, or the kind that is not supported; and everything there is to say."""

    question: Question | None = None
    skipped: str | None = None
    problems: list[Problem] = field(default_factory=list)


def parse(draft: Draft) -> Parsed:
    """Cut the lines of a draft into wording, choices and ending."""
    body, ending = endings.split(draft.pieces)
    cut = cut_at_letters(body)
    if not cut.lettered and cut.trouble is None:
        cut = cut_without_letters(body)
    cut.options, ticked = signs.take_ticks(cut.options)
    endings.strays_into(ending, cut.rest)
    return Parsed(draft, cut, ending, ticked)


def make(parsed: Parsed, number: str, entries: Sequence[Entry], titles: frozenset[str]) -> Made:
    """The question with its key, from its own lines and the answers listed for it elsewhere."""
    made = Made()
    draft, place = parsed.draft, parsed.draft.place
    if trouble := parsed.cut.trouble:
        made.problems.append(problem(trouble.code, trouble.line.place, number, **trouble.values))
        return made
    if parsed.ending.merged is not None:
        last = LETTERS[max(len(parsed.cut.options), 1) - 1]
        made.problems.append(problem("letters-restart", parsed.ending.merged.place, number, last=last))
        return made
    if kind := _unsupported(parsed, entries):
        made.skipped = kind
        return made
    texts, found, images = _choices_and_key(parsed, number, entries, made)
    made.problems += found.problems
    made.problems += wording_problems(number, place, parsed.stem, texts, titles)
    if parsed.cut.lettered and parsed.cut.options and (odd := goes_on_oddly(parsed.cut.options[-1])):
        last = LETTERS[len(texts) - 1] if len(texts) <= len(LETTERS) else str(len(texts))
        made.problems.append(
            problem("choice-goes-on", odd.line.place, number, letter=last, text=odd.text.strip()[:80])
        )
    if draft.list_in_stem and not draft.strong:
        made.problems.append(problem("list-in-stem", place, number))
    if all(entry.severity is not Severity.ERROR for entry in made.problems):
        made.question = _question(parsed, number, texts, found, images)
    return made


def _unsupported(parsed: Parsed, entries: Sequence[Entry]) -> str | None:
    """Essays below their heading, and lists of statements of which each is right or wrong."""
    if not parsed.cut.options and parsed.draft.essay:
        return "essay"
    texts = [*(answer.text for answer in parsed.ending.answers), *(entry.letters for entry in entries)]
    count = len(parsed.cut.options)
    return "statements" if count > 1 and any(truths.is_list(text, count) for text in texts) else None


def _choices_and_key(
    parsed: Parsed, number: str, entries: Sequence[Entry], made: Made
) -> tuple[list[str], keys.Found, tuple[Image, ...]]:
    """The texts of the choices, the key, and the pictures; what is wrong goes to `made`."""
    place, images = parsed.draft.place, pictures_of(parsed)
    gone = {image.name for image in images if is_lost(image)}
    made.problems += [problem("picture-lost", place, number, kind=kind) for kind in sorted(gone)]
    texts = _named_pictures(parsed.texts, images)
    said = truths.true_or_false(parsed.ending.answers, entries) if not texts else None
    if said is not None:
        answers = parsed.ending.answers
        key_from = answers[0].key_from if answers else "table"
        return list(TRUE_AND_FALSE), keys.Found((0 if said else 1,), key_from), images
    made.problems += choice_checks.problems(number, place, parsed.stem, texts, has_picture=bool(images))
    if texts and not parsed.cut.lettered:
        made.problems.append(problem("unlettered-choices", place, number, count=len(texts)))
    if len(texts) < 2:
        return texts, keys.Found(), images
    return texts, keys.find_key(_for_key(parsed, number, texts, entries)), images


def _for_key(parsed: Parsed, number: str, texts: Sequence[str], entries: Sequence[Entry]) -> keys.Question:
    return keys.Question(
        number,
        parsed.draft.place,
        parsed.stem,
        parsed.cut.options,
        texts,
        parsed.ticked,
        parsed.ending.answers,
        entries,
    )


def _question(
    parsed: Parsed, number: str, texts: Sequence[str], found: keys.Found, images: tuple[Image, ...]
) -> Question:
    draft, ending = parsed.draft, parsed.ending
    explanation = "\n".join(filter(None, (found.explanation, *ending.explanation)))
    return Question(
        number=number,
        place=draft.place,
        kind=kind_of(texts, found.correct),
        text=parsed.stem,
        choices=tuple(Choice(text) for text in texts),
        correct=found.correct,
        key_from=found.key_from,
        topic=ending.topic or draft.topic,
        level=ending.level or draft.level,
        source="\n".join((*ending.source, *found.source)) or None,
        explanation=explanation or None,
        images=images,
    )


def kind_of(texts: Sequence[str], correct: Sequence[int]) -> Kind:
    """The kind that choices and key imply."""
    if len(correct) > 1:
        return Kind.MULTIPLE
    truths = sorted(str(is_true(text)) for text in texts if len(text) > 1)
    return Kind.TRUE_FALSE if len(texts) == 2 and truths == ["False", "True"] else Kind.SINGLE


def pictures_of(parsed: Parsed) -> tuple[Image, ...]:
    """The pictures of the wording and of the choices, each once."""
    of_stem = images_of(parsed.cut.stem)
    # The same picture may stand in the wording and in a choice.
    seen = set(map(id, of_stem))
    of_choices = (
        replace(image, choice=index)
        for index, option in enumerate(parsed.cut.options)
        for image in images_of(option.pieces)
        if id(image) not in seen
    )
    return (*of_stem, *of_choices)


def _named_pictures(texts: Sequence[str], images: Sequence[Image]) -> list[str]:
    """A choice that is only a picture is named after its letter."""
    pictured = {image.choice for image in images}
    return [
        text or (f"Hình {LETTERS[index]}" if index in pictured else "") for index, text in enumerate(texts)
    ]
