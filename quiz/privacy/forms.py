"""Forms about personal data: of the person, and of the organiser who answers."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quiz.contests.models import Contest
from quiz.core.dates import DateProblem, parse_birth_date
from quiz.core.emails import MAX_EMAIL, EmailProblem, normalise_email
from quiz.core.genders import Gender
from quiz.core.names import MAX_NAME, clean_line, clean_name
from quiz.core.national_ids import NationalIdProblem, normalise_national_id
from quiz.core.phones import PhoneProblem, normalise_phone
from quiz.entries.extras import EXTRA_FIELDS
from quiz.entries.extras import MAX_WORDS as MAX_EXTRA
from quiz.entries.labels import GENDERS, date_message, email_message, national_id_message, phone_message
from quiz.entries.restating import Correction
from quiz.privacy.disclosure import LONGEST_REASON, SHORTEST_REASON
from quiz.privacy.service import MOST_WORDS
from quiz.web.forms import BaseForm, choices

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")


class ProofForm(BaseForm):
    """What only the person knows, before their data are shown in full."""

    proof = StringField(_l("Ngày sinh đã khai"), [InputRequired(_l("chưa nhập.")), Length(max=24)])


class EraseForm(BaseForm):
    """Asking to be erased, understood."""

    sure = BooleanField(
        _l("Tôi hiểu: xóa xong không lấy lại được, không vào lại được bài thi, không nhận giải.")
    )
    words = TextAreaField(_l("Điều muốn nói thêm"), [Length(max=MOST_WORDS, message=_TOO_LONG)])

    def check(self) -> bool:
        """Validate; the tick is needed."""
        fine = self.validate()
        if not self.sure.data:
            self.sure.errors = [_("cần đánh dấu vào ô này để gửi yêu cầu xóa.")]
        return bool(fine and not self.sure.errors)


class ObjectForm(BaseForm):
    """Restricting the use of the data, or objecting to it."""

    words = TextAreaField(
        _l("Điều muốn hạn chế hoặc phản đối"),
        [InputRequired(_l("chưa có nội dung.")), Length(max=MOST_WORDS, message=_TOO_LONG)],
    )


class CorrectionForm(BaseForm):
    """What was stated wrongly, stated anew; an empty field stays as it is."""

    name = StringField(_l("Họ và tên đúng"), [Length(max=MAX_NAME, message=_TOO_LONG)])
    birth_date = StringField(_l("Ngày sinh đúng"), [Length(max=24, message=_TOO_LONG)])
    phone = TelField(_l("Số điện thoại đúng"), [Length(max=24, message=_TOO_LONG)])
    national_id = StringField(_l("Số căn cước đúng"), [Length(max=24, message=_TOO_LONG)])
    gender = SelectField(
        _l("Giới tính đúng"), choices=[SelectChoice("", _l("Giữ như đã khai")), *choices(GENDERS)]
    )
    email = EmailField(_l("Thư điện tử đúng"), [Length(max=MAX_EMAIL, message=_TOO_LONG)])
    workplace = StringField(_l("Nơi làm việc, học tập đúng"), [Length(max=MAX_EXTRA, message=_TOO_LONG)])
    address = StringField(_l("Địa chỉ đúng"), [Length(max=MAX_EXTRA, message=_TOO_LONG)])
    words = TextAreaField(_l("Vì sao cần sửa"), [Length(max=MOST_WORDS, message=_TOO_LONG)])
    correction = Correction()

    def check(self, today: date) -> bool:
        """Validate; `correction` holds what was understood."""
        fine = self.validate()
        if not fine:
            return False
        self.correction = Correction(
            name=clean_name(self.name.data or "") or None,
            birth_date=self._read("birth_date", partial(_birth_date, today=today), date_message),
            phone=self._read("phone", normalise_phone, phone_message),
            national_id=self._read("national_id", normalise_national_id, national_id_message),
            gender=self._read("gender", Gender, str),
            email=self._read("email", normalise_email, email_message),
            workplace=self._read("workplace", _cleaned, str),
            address=self._read("address", _cleaned, str),
        )
        has_errors = any(field.errors for field in self)
        if not has_errors and not self.correction.fields:
            self.form_errors.append(_("chưa nhập mục nào cần sửa."))
        return bool(self.correction.fields) and not has_errors

    def _read(self, name: str, read: Callable[[str], Any], words: Callable[[Any], str]) -> Any:
        """A field's value, or None with the error put on it."""
        if name not in self or not self[name].data:
            return None
        try:
            return read(self[name].data)
        except (PhoneProblem, DateProblem, NationalIdProblem, EmailProblem) as problem:
            self[name].errors = [words(problem)]
            return None


def correction_form(contest: Contest) -> CorrectionForm:
    """The form with the fields that the contest asks for."""
    form = CorrectionForm()
    for name in ("birth_date", "phone", "national_id", *EXTRA_FIELDS):
        if not contest.entry.asks(name):
            del form[name]
    return form


def _cleaned(typed: str) -> str | None:
    """What people wrote in their own words."""
    return clean_line(typed, MAX_EXTRA) or None


def _birth_date(typed: str, today: date) -> date:
    """15/8/1962, or a year alone where that is all the contest knows."""
    numbers = re.findall(r"[0-9]+", typed)
    if len(numbers) == 1:
        return parse_birth_date("1", "1", numbers[0], today=today)
    if len(numbers) != 3:
        raise DateProblem("empty")
    day, month, year = numbers
    return parse_birth_date(day, month, year, today=today)


class AnswerForm(BaseForm):
    """What an organiser tells the person."""

    words = TextAreaField(_l("Trả lời người yêu cầu"), [Length(max=MOST_WORDS, message=_TOO_LONG)])


class ReasonForm(BaseForm):
    """Why unmasked data are needed."""

    reason = StringField(
        _l("Lý do xem"),
        [
            InputRequired(_l("cần ghi lý do.")),
            Length(SHORTEST_REASON, LONGEST_REASON, message=_l("cần từ %(min)d đến %(max)d ký tự.")),
        ],
    )
