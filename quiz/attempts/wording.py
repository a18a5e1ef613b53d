"""A question's wording as a person sees it: in their language, in the paper's order, with its pictures.

Everything here is by position: neither the language nor a picture says anything of the key. The names of
picture files never leave the bank ("dap-an-dung.png").
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from question_bank.pictures import called_after_letter
from question_bank.values import Translation
from quiz.bank.values import PictureRef, RevisionView

HOME = "vi"
# Above this the texts in other languages are asked for when they are wanted: about 10 KB on the wire.
_MOST_TEXT = 30_000


@dataclass(frozen=True, slots=True)
class Wording:
    """A wording in one language; choices as shown. The explanation may be left untranslated."""

    language: str
    text: str
    choices: tuple[str, ...]
    explanation: str | None
    explanation_language: str

    def texts(self) -> list[str]:
        """Text and choices in one list, as scripts take them."""
        return [self.text, *self.choices]


def available_languages(views: Iterable[RevisionView]) -> tuple[str, ...]:
    """Tags of the languages that at least one of the questions has, in alphabetical order."""
    return tuple(
        sorted({one.language for view in views for one in view.translations if _is_whole(view, one)})
    )


def wording_in(view: RevisionView, order: Sequence[int], language: str) -> Wording:
    """The wording in a language, or in Vietnamese where the translation is missing or not whole."""
    there = (one for one in view.translations if one.language == language and _is_whole(view, one))
    found = next(there, None)
    choices = found.choices if found else view.choices
    is_explained = found is not None and bool(found.explanation)
    return Wording(
        language=language if found else HOME,
        text=found.text if found else view.text,
        choices=tuple("" if _is_only_pictures(view, choice) else choices[choice] for choice in order),
        explanation=found.explanation if found and is_explained else view.explanation,
        explanation_language=language if is_explained else HOME,
    )


def pictures_in(view: RevisionView, order: Sequence[int]) -> list[tuple[PictureRef, int | None]]:
    """The pictures, each with the place of its choice as shown (from 1), or None in the wording."""
    places = {choice: place for place, choice in enumerate(order, start=1)}
    return [
        (one, None if one.choice is None else places[one.choice])
        for one in view.pictures
        if one.choice is None or one.choice in places
    ]


def other_wordings(
    paper: Sequence[tuple[RevisionView, Sequence[int]]], shown: str, languages: Sequence[str]
) -> dict[str, list[list[str] | None]]:
    """For each other language the texts that differ from those on the page, by place; too much: nothing."""
    there = [wording_in(view, order, shown) for view, order in paper]
    found: dict[str, list[list[str] | None]] = {}
    for language in (HOME, *languages):
        if language != shown:
            wanted = [wording_in(view, order, language) for view, order in paper]
            found[language] = [
                None if one.language == page.language else [one.language, *one.texts()]
                for one, page in zip(wanted, there, strict=True)
            ]
    size = sum(len(text) for texts in found.values() for one in texts for text in one or ())
    return found if size <= _MOST_TEXT else {}


def _is_whole(view: RevisionView, translation: Translation) -> bool:
    return (
        bool(translation.text.strip())
        and len(translation.choices) == len(view.choices)
        and all(text.strip() for text in translation.choices)
    )


def _is_only_pictures(view: RevisionView, choice: int) -> bool:
    """Its letter in the file would mislead beside the one that it has on the paper."""
    is_named = called_after_letter(view.choices[choice], choice)
    return is_named and any(one.choice == choice for one in view.pictures)
