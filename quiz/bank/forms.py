"""Forms of the banks' pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from question_bank.values import MAX_CHOICES, Choice, Kind, Question
from quiz.bank.labels import KINDS
from quiz.bank.planning import MAX_LEVEL, MAX_TOPIC
from quiz.web.files import FileChosen
from quiz.web.forms import BaseForm, tidy

_SPARE = 2  # empty rows for further choices: the page works without a script


class BankForm(BaseForm):
    """A new bank."""

    title = StringField(
        _l("Tên ngân hàng"),
        [
            InputRequired(_l("chưa nhập tên ngân hàng.")),
            Length(max=300, message=_l("tên dài quá 300 ký tự.")),
        ],
    )
    slug = StringField(
        _l("Mã ngân hàng"),
        [
            InputRequired(_l("chưa nhập mã, ví dụ lich-su-dai-hoi.")),
            Regexp(
                r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z",
                message=_l("mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ lich-su-dai-hoi."),
            ),
        ],
    )


class FileForm(BaseForm):
    """A file of questions."""

    file = FileField(_l("Tệp câu hỏi"), [FileChosen()])


class ConfirmForm(BaseForm):
    """Saving what was shown; `accept_partial` is set by the button that names the good questions only."""

    accept_partial = BooleanField()


class ChoiceForm(Form):
    """One row of choices."""

    text = StringField(filters=[tidy])
    right = BooleanField()
    pinned = BooleanField()


class QuestionForm(BaseForm):
    """The wording of a question. What makes a question whole is for `checks` to say."""

    text = TextAreaField(_l("Nội dung câu hỏi"))
    choices = FieldList(FormField(ChoiceForm), max_entries=MAX_CHOICES)
    kind = SelectField(
        _l("Loại câu"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()]
    )
    topic = StringField(_l("Chủ đề"), [Length(max=MAX_TOPIC, message=_l("dài quá %(max)d ký tự."))])
    level = StringField(_l("Mức độ"), [Length(max=MAX_LEVEL, message=_l("dài quá %(max)d ký tự."))])
    source = TextAreaField(_l("Nguồn trích dẫn"))
    explanation = TextAreaField(_l("Giải thích"))
    seen_revision = HiddenField()

    def wording(self, before: Question) -> Question:
        """What was typed, as a question; what the form does not show is kept from `before`."""
        rows = [row.form for row in self.choices]
        used = [row for row in rows if row.text.data or row.right.data or row.pinned.data]
        known = {choice.text: choice for choice in before.choices}
        return Question(
            number=before.number,
            place=before.place,
            kind=Kind(self.kind.data),
            text=self.text.data or "",
            choices=tuple(_choice(row, known) for row in used),
            correct=tuple(place for place, row in enumerate(used) if row.right.data),
            key_from="hand",
            topic=self.topic.data or None,
            level=self.level.data or None,
            source=self.source.data or None,
            explanation=self.explanation.data or None,
        )

    def spare_rows(self) -> None:
        """Add empty rows for further choices."""
        for _ in range(min(_SPARE, MAX_CHOICES - len(self.choices))):
            self.choices.append_entry()


def question_form(question: Question, revision_id: int) -> QuestionForm:
    """The form as a question fills it."""
    form = QuestionForm(formdata=None)
    form.text.data, form.kind.data = question.text, question.kind.value
    form.topic.data, form.level.data = question.topic or "", question.level or ""
    form.source.data, form.explanation.data = question.source or "", question.explanation or ""
    form.seen_revision.data = str(revision_id)
    for place, choice in enumerate(question.choices):
        form.choices.append_entry(
            {"text": choice.text, "right": place in question.correct, "pinned": choice.pinned}
        )
    form.spare_rows()
    return form


def _choice(row: ChoiceForm, known: dict[str, Choice]) -> Choice:
    text = row.text.data or ""
    before = known.get(text)
    return Choice(
        text=text,
        pinned=bool(row.pinned.data),
        feedback=before.feedback if before else None,
        weight=before.weight if before else None,
    )
