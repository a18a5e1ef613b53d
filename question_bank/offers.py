"""Mends that a person can take with one click, and the check of what a person typed. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from question_bank.answer_keys import LETTERS
from question_bank.encodings import tidy
from question_bank.formats.building import Stated, build
from question_bank.formats.lines.tails import Part, tail
from question_bank.formats.lines.wording_checks import BROKEN, DOMAIN, NOTE, SITE
from question_bank.syllables import is_syllable
from question_bank.values import Choice, Draft, Problem, Question

_ONE_LETTER = re.compile(r"[(\[]?([A-H])[)\].]*")
_LABEL = 30
CONVERTED = "old-font-question"
_TICK = re.compile(r"[*☑☒✓✔√]|\[\s*[xX]\s*\]")
# Only the key is missing, or nobody knows which of several is meant.
_KEY_CODES = frozenset(
    {
        *("no-key", "unknown-key", "ambiguous-key", "two-keys", "several-marked", "key-part-unclear"),
        *("letters-in-key-run", "key-points-nowhere", "same-letter", "letter-gap"),
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A ready mend and the question that it makes.

    `code` is "key-A" …, "reletter", "drop-note", "drop-site", "join-words",
    "converted" or "as-typed".
    """

    code: str
    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a draft that a person mended: the question, or why it is none yet."""

    question: Question | None
    problems: tuple[Problem, ...]


def offers(
    given: Draft | Question, problems: Sequence[Problem], as_typed: Question | None = None
) -> tuple[Offer, ...]:
    """The mends that can be offered for a draft, or for a question with warnings.

    `as_typed` is a question converted from an old font, in the letters that the file has.
    """
    codes = {problem.code for problem in problems}
    if isinstance(given, Question):
        return (*_fonts(given, codes, as_typed), *_mended_words(given, codes))
    if not codes & _KEY_CODES or codes & {"empty-choice", "letters-restart"}:
        return ()
    if "same-letter" in codes and (offer := _relettered(given, problems)):
        return (offer,)
    return tuple(_keys(given, with_text=bool(codes & {"same-letter", "letter-gap"})))


def _fonts(question: Question, codes: Set[str], as_typed: Question | None) -> Iterator[Offer]:
    """Both readings of a question typed in an old font; the key is the same choice in both."""
    if CONVERTED in codes and as_typed is not None:
        yield Offer("converted", "Dùng bản đã chuyển", question)
        yield Offer("as-typed", "Giữ nguyên", as_typed)


def _keys(draft: Draft, *, with_text: bool) -> Iterator[Offer]:
    """One mend for each choice. Where the file's own letters mislead, the label has the text as well."""
    for place, letter in zip(range(len(draft.choices)), LETTERS, strict=False):
        if question := settle(draft, correct=(place,)).question:
            text = f"{letter}. {_shortened(draft.choices[place].text)}" if with_text else letter
            yield Offer(f"key-{letter}", text, question)


def _shortened(text: str) -> str:
    """The beginning of a text, for a label."""
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rstrip()}…"


def settle(
    draft: Draft,
    *,
    text: str | None = None,
    choices: Sequence[Choice] | None = None,
    correct: Sequence[int] | None = None,
    several: bool = False,
    topic: str | None = None,
    level: str | None = None,
    source: str | None = None,
    explanation: str | None = None,
) -> Settled:
    """A draft as somebody mended it, judged by the checks that files have to pass. None: as in the draft.

    `several` is for a question with one right choice in which several may be ticked.
    """
    offered = draft.choices if choices is None else choices
    stated = Stated(
        number=draft.number,
        place=draft.place,
        text=tidy(draft.text if text is None else text),
        choices=[replace(choice, text=tidy(choice.text)) for choice in offered],
        correct=list(draft.correct if correct is None else correct),
        key_from="hand",
        several=several,
        topic=draft.topic if topic is None else topic,
        level=draft.level if level is None else level,
        source=draft.source if source is None else source,
        explanation=draft.explanation if explanation is None else explanation,
        images=[image for image in draft.images if image.choice is None or image.choice < len(offered)],
    )
    if correct is not None and tuple(sorted(correct)) != draft.correct:
        # Shares of the mark belong to the key that the file had.
        stated.choices = [replace(choice, weight=None) for choice in stated.choices]
    _check_key(stated)
    question = build(stated)
    return Settled(question, tuple(stated.problems))


def as_draft(question: Question) -> Draft:
    """A question that is to be changed, in the form that a person mends."""
    return Draft(
        number=question.number,
        place=question.place,
        text=question.text,
        excerpt="",
        choices=question.choices,
        correct=question.correct,
        topic=question.topic,
        level=question.level,
        source=question.source,
        explanation=question.explanation,
        images=question.images,
    )


def _check_key(stated: Stated) -> None:
    """A key beyond the choices, which no reader makes but a form may send."""
    count = len(stated.choices)
    if beyond := [place for place in stated.correct if not 0 <= place < count]:
        key = ", ".join(LETTERS[place] if 0 <= place < len(LETTERS) else str(place + 1) for place in beyond)
        stated.note("unknown-key", key=key, choices=", ".join(LETTERS[:count]))


def _relettered(draft: Draft, problems: Sequence[Problem]) -> Offer | None:
    """The second of two equal letters becomes the next one, where the key is a letter that stands once."""
    letter = next((one.message for one in problems if one.code == "same-letter"), "").rstrip(".")[-1:]
    place = _written_key(draft.excerpt)
    # Before the doubled letter every letter means what it says; behind it nothing is certain.
    if place is None or letter not in LETTERS[:-1] or place >= LETTERS.index(letter):
        return None
    question = settle(draft, correct=(place,)).question
    following = LETTERS[LETTERS.index(letter) + 1]
    return Offer("reletter", f"Đổi thành {following}", question) if question else None


def _written_key(excerpt: str) -> int | None:
    """The one letter on which all answer lines agree; none if there is any other sign of a key."""
    answers = {
        found.rest.strip()
        for line in excerpt.split("\n")
        if (found := tail(line)) and found.part is Part.ANSWER
    }
    match = _ONE_LETTER.fullmatch(answers.pop()) if len(answers) == 1 else None
    return LETTERS.index(match[1]) if match and not _TICK.search(excerpt) else None


def _mended_words(question: Question, codes: Set[str]) -> Iterator[Offer]:
    """What a warning about the words of a question says can go, or belongs together."""
    for code, mend, label, change in _WORD_MENDS:
        if code not in codes:
            continue
        text = change(question.text)
        choices = tuple(replace(choice, text=change(choice.text)) for choice in question.choices)
        changed = (text, choices) != (question.text, question.choices)
        if changed and settle(as_draft(question), text=text, choices=choices).question:
            yield Offer(mend, label, replace(question, text=text, choices=choices))


def _without_note(text: str) -> str:
    return tidy(NOTE.sub(" ", text)) if NOTE.search(text) else text


def _without_site(text: str) -> str:
    """Only where the name of a site is the last thing: inside a sentence it may be what is asked about."""
    found = SITE.search(text) or DOMAIN.search(text)
    return tidy(text[: found.start()]) if found and found.end() == len(text.rstrip()) else text


def _joined_words(text: str) -> str:
    return BROKEN.sub(lambda found: _one_word(found[0]), text)


def _one_word(broken: str) -> str:
    """`cấ p` → `cấp`, if that is a syllable."""
    together = broken.replace(" ", "")
    return together if is_syllable(together) else broken


_WORD_MENDS: tuple[tuple[str, str, str, Callable[[str], str]], ...] = (
    ("editing-note", "drop-note", "Bỏ ghi chú", _without_note),
    ("watermark", "drop-site", "Bỏ tên trang", _without_site),
    ("broken-word", "join-words", "Nối liền chữ", _joined_words),
)
