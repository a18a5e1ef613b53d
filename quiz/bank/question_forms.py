"""The form of a question, of a comment on it, of its translation."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from question_bank.limits import MAX_TEXT
from question_bank.pictures import MAX_PICTURES
from question_bank.values import MAX_CHOICES, Citation, Image, Kind, Question
from quiz.bank import editing
from quiz.bank.editing import Row
from quiz.bank.labels import KINDS
from quiz.bank.planning import MAX_LEVEL, MAX_TOPIC
from quiz.bank.review_forms import number_of
from quiz.documents.values import parse_address
from quiz.web.forms import BaseForm, tidy

OTHER = "+"  # the choice "another one…" of topics and levels
_LEAST_ROWS = 4
_MAX_LINK = 2000


def one_newline(value: object) -> object:
    """Browsers send line ends as two characters; banks keep one."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


_LINES = [one_newline, tidy]


def _most(characters: int) -> Length:
    return Length(max=characters, message=_l("dài quá %(max)d ký tự."))


class ChoiceForm(Form):
    """One row of choices; whether it is right stands in the form's own `key`, as radios need one name."""

    text = TextAreaField(filters=_LINES)
    pinned = BooleanField()
    feedback = TextAreaField(_l("Lời phản hồi khi chọn"), [_most(MAX_TEXT)], filters=_LINES)
    weight = StringField(_l("Phần điểm (%%)"), filters=[tidy])
    slot = HiddenField()

    def validate_weight(self, field: Field) -> None:
        """A percentage, if anything."""
        if field.data and editing.parse_weight(field.data) is None:
            raise ValidationError(_l("phần điểm là số từ -100 đến 100, ví dụ 50."))


class PictureForm(Form):
    """A picture that is kept already: its words, where it belongs, and whether to leave it out."""

    digest = HiddenField()
    extension = HiddenField()
    name = HiddenField()
    alt = TextAreaField(filters=_LINES)
    slot = StringField()
    gone = BooleanField()


class QuestionForm(BaseForm):
    """The wording of a question. What makes a question whole is for `checks` to say."""

    text = TextAreaField(_l("Nội dung câu hỏi"), filters=_LINES)
    kind = SelectField(
        _l("Loại câu"), choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()]
    )
    choices = FieldList(FormField(ChoiceForm), max_entries=MAX_CHOICES)
    key = SelectMultipleField(validate_choice=False)
    topic = SelectField(_l("Chủ đề"), [_most(MAX_TOPIC)], filters=_LINES, validate_choice=False)
    topic_other = StringField(_l("Chủ đề khác"), [_most(MAX_TOPIC)])
    level = SelectField(_l("Mức độ"), [_most(MAX_LEVEL)], filters=_LINES, validate_choice=False)
    level_other = StringField(_l("Mức độ khác"), [_most(MAX_LEVEL)])
    tags = TextAreaField(_l("Nhãn"), [_most(2000)], filters=_LINES)
    source = TextAreaField(_l("Tài liệu"), [_most(MAX_TEXT)], filters=_LINES)
    where = TextAreaField(_l("Chương, điều, trang"), [_most(MAX_TEXT)], filters=_LINES)
    link = StringField(_l("Liên kết"), [_most(_MAX_LINK)])
    quote = TextAreaField(_l("Trích nguyên văn"), [_most(MAX_TEXT)], filters=_LINES)
    passage = HiddenField()
    passage_words = StringField(_l("Tìm đoạn trong văn bản đã nạp"))
    explanation = TextAreaField(_l("Giải thích"), [_most(MAX_TEXT)], filters=_LINES)
    pictures = FieldList(FormField(PictureForm), max_entries=MAX_PICTURES)
    picture = FileField(_l("Thêm hình"))
    picture_alt = StringField(_l("Mô tả hình bằng lời"), [_most(500)])
    picture_slot = StringField(_l("Hình của"))
    seen_revision = HiddenField()
    seen_newer = HiddenField()

    def validate_link(self, field: Field) -> None:
        """An address that a browser opens, and nothing that runs."""
        if field.data and not is_web_address(field.data):
            raise ValidationError(_l("liên kết phải bắt đầu bằng https:// hoặc http://."))

    def validate_passage(self, field: Field) -> None:
        """The address of a passage, if anything."""
        if field.data and parse_address(field.data) is None:
            raise ValidationError(_l("đoạn văn bản không còn đúng; chọn lại đoạn."))

    @property
    def seen(self) -> int:
        """The revision that the person was looking at; 0 for anything that is no number.

        After a conflict it is the newer one, where the person says to have looked at that.
        """
        return number_of(self.seen_newer.data) or number_of(self.seen_revision.data)

    @property
    def rows(self) -> list[Row]:
        """The rows of choices as they were typed."""
        chosen = set(self.key.data or ())
        return [
            Row(
                slot=number_of(row.slot.data) if row.slot.data else place,
                text=row.text.data or "",
                is_right=field.name.rpartition("-")[2] in chosen,
                is_pinned=bool(row.pinned.data),
                feedback=row.feedback.data or "",
                weight=row.weight.data or "",
            )
            for place, (field, row) in enumerate((field, field.form) for field in self.choices)
        ]

    def show_rows(self, rows: list[Row], *, spare: int = 0) -> None:
        """Put rows in place of those that are there, and at least `spare` empty ones behind those in use."""
        used = sum(not row.is_empty for row in rows)
        rows = editing.with_spare(rows, max(_LEAST_ROWS, used + spare))
        while self.choices.entries:
            self.choices.pop_entry()
        for row in rows:
            self.choices.append_entry(_row_data(row))
        self.key.data = [str(place) for place, row in enumerate(rows) if row.is_right]

    def wording(self, before: Question) -> Question:
        """What was typed, as a question; `before` is the one that the page was made of."""
        question = Question(
            number=before.number,
            place=before.place,
            kind=Kind(self.kind.data),
            text=self.text.data or "",
            choices=(),
            correct=(),
            key_from="hand",
            topic=_one_of(self.topic, self.topic_other),
            level=_one_of(self.level, self.level_other),
            source=self.source.data or None,
            explanation=self.explanation.data or None,
            images=tuple(_images(self)),
            tags=editing.split_tags(self.tags.data or ""),
            citation=_citation(self),
        )
        return editing.apply_rows(question, before, self.rows)


class NoteForm(BaseForm):
    """Something said of a question: a comment, or why it is sent back; the button is the step."""

    text = TextAreaField(_l("Lời góp ý"), filters=_LINES)
    step = HiddenField()
    seen_revision = HiddenField()

    @property
    def seen(self) -> int:
        """The revision that the person was looking at."""
        return number_of(self.seen_revision.data)


@dataclass(frozen=True, slots=True)
class Offers:
    """What the bank has for the selects of the form."""

    topics: list[tuple[str, str]]
    levels: list[str]


def fill(form: QuestionForm, question: Question, revision_id: int, extensions: dict[str, str]) -> None:
    """Show a question in the form; `extensions` are those of its pictures' addresses, by digest."""
    form.text.data, form.kind.data = question.text, question.kind.value
    form.topic.data, form.level.data = question.topic or "", question.level or ""
    form.tags.data = "\n".join(question.tags)
    form.source.data, form.explanation.data = question.source or "", question.explanation or ""
    cited = question.citation or Citation()
    form.where.data, form.link.data = cited.where or "", cited.link or ""
    form.quote.data, form.passage.data = cited.quote or "", cited.passage or ""
    form.seen_revision.data = str(revision_id) if revision_id else ""
    form.show_rows(editing.rows_of(question))
    for image in question.images:
        show_picture(form, image, extensions.get(image.digest, ""))


def show_picture(form: QuestionForm, image: Image, extension: str) -> None:
    """Add a kept picture to the form."""
    slot = "" if image.choice is None else str(image.choice)
    values = {"digest": image.digest, "extension": extension, "name": image.name, "alt": image.alt}
    form.pictures.append_entry(values | {"slot": slot})


def offer(form: QuestionForm, offers: Offers) -> None:
    """Fill the selects: what the bank has, what the question says, and another one."""
    topics, levels = dict(offers.topics), {level: level for level in offers.levels}
    form.topic.choices = _with_own(topics, form.topic.data, str(_("chủ đề khác…")))
    form.level.choices = _with_own(levels, form.level.data, str(_("mức khác…")))


def is_web_address(text: str) -> bool:
    """Whether a link leads to a page: https or http, with a host, without spaces."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname) and not any(map(str.isspace, text))


def _with_own(known: dict[str, str], own: str | None, other: str) -> list[SelectChoice]:
    listed = known if not own or own == OTHER or own in known else {**known, own: own}
    choices = [SelectChoice("", str(_("chưa ghi")))]
    choices += [SelectChoice(name, label) for name, label in listed.items()]
    return [*choices, SelectChoice(OTHER, other)]


def _row_data(row: Row) -> dict[str, Any]:
    return {
        "text": row.text,
        "pinned": row.is_pinned,
        "feedback": row.feedback,
        "weight": row.weight,
        "slot": str(row.slot),
    }


def _one_of(listed: Field, other: Field) -> str | None:
    """What was typed as another one, else what was chosen."""
    chosen = listed.data if listed.data != OTHER else ""
    return other.data or chosen or None


def _citation(form: QuestionForm) -> Citation | None:
    fields = (form.where.data, form.link.data, form.quote.data, form.passage.data)
    return Citation(*(value or None for value in fields)) if any(fields) else None


def _images(form: QuestionForm) -> list[Image]:
    """The pictures that stay; `choice` is a slot here, until the rows say where it went."""
    return [
        Image(
            name=row.name.data or "",
            media_type="",
            data=b"",
            alt=row.alt.data or "",
            choice=number_of(row.slot.data) if row.slot.data else None,
            digest=row.digest.data or "",
        )
        for row in (field.form for field in form.pictures)
        if row.digest.data and not row.gone.data
    ]
