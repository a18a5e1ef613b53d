"""The form that changes a question of a file before it is imported."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, StringField, TextAreaField
from wtforms.validators import Length

from question_bank.offers import Settled, settle
from question_bank.values import MAX_CHOICES, Choice, Draft
from quiz.bank.planning import MAX_LEVEL, MAX_TOPIC
from quiz.web.forms import BaseForm, tidy

_LEAST_ROWS = 4
_SPARE = 1


class _Row(Form):  # type: ignore[misc]  # WTForms has no types
    text = StringField(filters=[tidy])
    right = BooleanField()


class MendForm(BaseForm):
    """Wording, choices with their key, topic and level. Whether it is a question now is for `settle`."""

    text = TextAreaField(_l("Nội dung câu hỏi"))
    choices = FieldList(FormField(_Row), max_entries=MAX_CHOICES)
    topic = StringField(_l("Chủ đề"), [Length(max=MAX_TOPIC, message=_l("dài quá %(max)d ký tự."))])
    level = StringField(_l("Mức độ"), [Length(max=MAX_LEVEL, message=_l("dài quá %(max)d ký tự."))])

    def settled(self, draft: Draft) -> Settled:
        """The draft as it was typed, judged."""
        rows = [row.form for row in self.choices]
        while rows and not rows[-1].text.data and not rows[-1].right.data:
            rows.pop()
        known = {choice.text: choice for choice in draft.choices}
        texts = [row.text.data or "" for row in rows]
        correct = [place for place, row in enumerate(rows) if row.right.data]
        return settle(
            draft,
            text=self.text.data or "",
            choices=[known.get(text, Choice(text)) for text in texts],
            correct=correct,
            several=len(correct) > 1,
            topic=self.topic.data or "",
            level=self.level.data or "",
        )

    def spare_rows(self) -> None:
        """Empty rows for further choices: the page works without a script."""
        wanted = max(_LEAST_ROWS, len(self.choices) + _SPARE)
        while len(self.choices) < min(wanted, MAX_CHOICES):
            self.choices.append_entry()


def mend_form(draft: Draft) -> MendForm:
    """The form as a draft fills it."""
    form = MendForm(formdata=None)
    form.text.data = draft.text
    form.topic.data, form.level.data = draft.topic or "", draft.level or ""
    for place, choice in enumerate(draft.choices):
        form.choices.append_entry({"text": choice.text, "right": place in draft.correct})
    form.spare_rows()
    return form
