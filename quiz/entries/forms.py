"""The entry form and the form for coming back."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TelField
from wtforms.validators import InputRequired, Length

from quiz.contests.models import Contest
from quiz.core.dates import DateProblem, parse_birth_date
from quiz.core.names import MAX_NAME, clean_name
from quiz.core.national_ids import NationalIdProblem, normalise_national_id
from quiz.core.phones import PhoneProblem, normalise_phone
from quiz.entries.labels import date_message, national_id_message, phone_message
from quiz.web.forms import BaseForm

OUTSIDE = "-"  # what the unit picker posts for "in no unit"


class BirthDateMixin:
    """Three boxes that make one date."""

    birth_day = StringField(_l("Ngày"), [Length(max=2)])
    birth_month = StringField(_l("Tháng"), [Length(max=2)])
    birth_year = StringField(_l("Năm"), [Length(max=6)])

    def read_birth_date(self, today: date, *, required: bool) -> date | None:
        """The date, or None with the error put on the box it is about."""
        boxes = (self.birth_day, self.birth_month, self.birth_year)
        if not required and not any(box.data for box in boxes):
            return None
        try:
            return parse_birth_date(boxes[0].data, boxes[1].data, boxes[2].data, today=today)
        except DateProblem as problem:
            named = problem.boxes[-1] if problem.boxes else "year"
            getattr(self, f"birth_{named}").errors = [date_message(problem)]
            return None


class EntryForm(BirthDateMixin, BaseForm):
    """What an entrant states. Fields that the contest does not ask for are removed by `entry_form`."""

    name = StringField(_l("Họ và tên"), [Length(max=MAX_NAME)])
    phone = TelField(_l("Số điện thoại"), [Length(max=24)])
    national_id = StringField(_l("Số căn cước"), [Length(max=24)])
    unit = SelectField(_l("Đơn vị"), validate_choice=False)
    consent = BooleanField(_l("Tôi đồng ý để Ban Tổ chức xử lý dữ liệu như trên."))
    may_publish = BooleanField(_l("Nếu đạt giải, tôi đồng ý công bố họ tên và đơn vị."))

    # No further fields yet; the page reads this to place those that an organiser adds.
    extras: tuple[StringField, ...] = ()
    birth_date: date | None = None
    phone_number: str | None = None
    national_id_number: str | None = None

    def check(self, contest: Contest, codes: frozenset[str], today: date) -> bool:
        """Validate under the contest's policy; `codes` are the units that may be chosen."""
        policy, fine = contest.entry, self.validate()
        self.name.data = clean_name(self.name.data or "")
        if not self.name.data:
            self.name.errors = [_("chưa nhập họ và tên. Viết có dấu, như trên giấy tờ.")]
        if "birth_year" in self:
            self.birth_date = self.read_birth_date(today, required=policy.requires("birth_date"))
        self._read_phone(required=policy.requires("phone"))
        self._read_national_id(required=policy.requires("national_id"))
        if "unit" in self:
            self._check_unit(codes, required=policy.requires("unit"))
        if not self.consent.data:
            self.consent.errors = [_("cần đồng ý mới có thể dự thi.")]
        return fine and not any(field.errors for field in self)

    def _read_phone(self, *, required: bool) -> None:
        if "phone" not in self or not (required or self.phone.data):
            return
        try:
            self.phone_number = normalise_phone(self.phone.data or "")
        except PhoneProblem as problem:
            self.phone.errors = [phone_message(problem)]

    def _read_national_id(self, *, required: bool) -> None:
        if "national_id" not in self or not (required or self.national_id.data):
            return
        try:
            self.national_id_number = normalise_national_id(self.national_id.data or "")
        except NationalIdProblem as problem:
            self.national_id.errors = [national_id_message(problem)]

    def _check_unit(self, codes: frozenset[str], *, required: bool) -> None:
        chosen = self.unit.data or ""
        if chosen in codes or (not required and chosen in ("", OUTSIDE)):
            return
        self.unit.errors = [
            _("chưa chọn đơn vị. Chạm vào một dòng trong danh sách, hoặc chọn theo cây bên dưới.")
        ]


class ResumeForm(BirthDateMixin, BaseForm):
    """Coming back by phone and birth date; by the name too where people share both."""

    name = StringField(_l("Họ và tên"), [Length(max=MAX_NAME)])
    phone = TelField(_l("Số điện thoại"), [InputRequired(), Length(max=24)])
    phone_number: str | None = None
    birth_date: date | None = None

    def check(self, today: date) -> bool:
        """Validate; `phone_number` and `birth_date` hold what was understood."""
        self.validate()
        self.phone.errors = []
        try:
            self.phone_number = normalise_phone(self.phone.data or "")
        except PhoneProblem as problem:
            self.phone.errors = [phone_message(problem)]
        self.birth_date = self.read_birth_date(today, required=True)
        return not any(field.errors for field in self)


def entry_form(contest: Contest) -> EntryForm:
    """The form with the fields that the contest asks for."""
    form = EntryForm()
    if not contest.entry.asks("birth_date"):
        del form.birth_day, form.birth_month, form.birth_year
    for name in ("phone", "national_id", "unit"):
        if not contest.entry.asks(name):
            del form[name]
    return form
