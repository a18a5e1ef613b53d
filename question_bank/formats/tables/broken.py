"""What was understood of a row that is no question yet, so that a person can mend it."""

from __future__ import annotations

from question_bank import values
from question_bank.answer_keys import read_key
from question_bank.formats.building import MAX_EXCERPT
from question_bank.formats.tables.drafts import Draft


def as_draft(draft: Draft) -> values.Draft:
    """The row as a draft; its key only where what the file says is clear."""
    choices = draft.choices[: values.MAX_CHOICES]
    verdicts = [read_key(key.text, choices, letters_only=key.letters_only) for key in draft.keys if key.text]
    said = {verdict.correct for verdict in verdicts} | ({draft.marked} if draft.marked else set())
    is_clear = len(said) == 1 and all(verdict.trouble is None for verdict in verdicts)
    return values.Draft(
        number=draft.number,
        place=draft.place,
        text=draft.text,
        excerpt=draft.excerpt[:MAX_EXCERPT],
        choices=tuple(
            values.Choice(text, feedback=draft.feedback.get(index) or None)
            for index, text in enumerate(choices)
        ),
        correct=said.pop() if is_clear else (),
        topic=draft.topic or None,
        level=draft.level or None,
        source=draft.source or None,
        explanation=draft.explanation or None,
    )
