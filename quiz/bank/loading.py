"""Questions out of the bank's rows, as values."""

from question_bank.values import Kind, Question
from quiz.bank.models import BankQuestion, QuestionRevision
from quiz.bank.picture_queries import stored_images
from quiz.bank.values import (
    RevisionView,
    keeps_its_place,
    loaded_choices,
    loaded_citation,
    loaded_pictures,
    loaded_translations,
)


def view(revision: QuestionRevision) -> RevisionView:
    """The revision as a value."""
    choices = loaded_choices(revision.choices)
    return RevisionView(
        id=revision.id,
        kind=Kind(revision.kind),
        text=revision.text,
        choices=tuple(choice.text for choice in choices),
        correct=tuple(revision.correct),
        pinned=keeps_its_place(choices),
        topic=revision.topic,
        level=revision.level,
        source=revision.source,
        explanation=revision.explanation,
        question_id=revision.question_id,
        pictures=loaded_pictures(revision.images),
        tags=tuple(revision.tags or ()),
        citation=loaded_citation(revision.citation),
        translations=loaded_translations(revision.translations),
    )


def as_question(question: BankQuestion, revision: QuestionRevision) -> Question:
    """A stored question as question_bank's value; its number is that in the bank."""
    return Question(
        number=str(question.number),
        place=f"question {question.number}",
        kind=Kind(revision.kind),
        text=revision.text,
        choices=loaded_choices(revision.choices),
        correct=tuple(revision.correct),
        key_from="bank",
        topic=revision.topic,
        level=revision.level,
        source=revision.source,
        explanation=revision.explanation,
        images=stored_images(loaded_pictures(revision.images)),
        tags=tuple(revision.tags or ()),
        citation=loaded_citation(revision.citation),
        translations=loaded_translations(revision.translations),
    )
