"""The entry form and the form for coming back."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quiz.contests.definition_entry import CHILD_BELOW, FORM_FIELDS, Unique
from quiz.contests.models import Contest
from quiz.core.dates import DateProblem, parse_birth_date, parse_birth_year
from quiz.core.emails import MAX_EMAIL, EmailProblem, normalise_email
from quiz.core.genders import Gender
from quiz.core.names import MAX_NAME, clean_line, clean_name
from quiz.core.national_ids import Doubt, NationalIdProblem, doubts, normalise_national_id
from quiz.core.phones import PhoneProblem, normalise_phone
from quiz.entries.agreement_forms import AgreementForm
from quiz.entries.extras import MAX_WORDS, Extras
from quiz.entries.labels import GENDERS, date_message, email_message, national_id_message, phone_message
from quiz.entries.people_sheets import MAX_CODE
from quiz.signin.browser import WayIn
from quiz.web.forms import BaseForm, choices

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
OUTSIDE = "-"  # what the unit picker posts for "in no unit"


BIRTH_BOXES = ("birth_day", "birth_month", "birth_year")


class BirthDateForm(BaseForm):
    """Three boxes that make one date; where only the year is asked for, the first two are removed."""

    birth_day = StringField(_l("Ngày"), [Length(max=2)])
    birth_month = StringField(_l("Tháng"), [Length(max=2)])
    birth_year = StringField(_l("Năm"), [Length(max=6)])

    def read_birth_date(self, today: date, *, required: bool) -> date | None:
        """The date, or None with the error put on every box it is about."""
        boxes = [self[name] for name in BIRTH_BOXES if name in self]
        if not required and not any(box.data for box in boxes):
            return None
        try:
            if len(boxes) == 1:
                return parse_birth_year(boxes[0].data, today)
            day, month, year = (box.data for box in boxes)
            return parse_birth_date(day, month, year, today)
        except DateProblem as problem:
            for named in problem.boxes:
                self[f"birth_{named}"].errors = [date_message(problem)]
            return None

    def ask_only_year(self) -> None:
        """Leave one box."""
        del self.birth_day, self.birth_month
        self.birth_year.label.text = _("Năm sinh")


class EntryForm(AgreementForm, BirthDateForm):
    """What an entrant states. Fields that the contest does not ask for are removed by `entry_form`."""

    roster_code = StringField(_l("Mã dự thi"), [Length(max=MAX_CODE, message=_TOO_LONG)])
    name = StringField(_l("Họ và tên"), [Length(max=MAX_NAME, message=_TOO_LONG)])
    gender = SelectField(
        _l("Giới tính"), choices=[SelectChoice("", _l("Chọn")), *choices(GENDERS)], validate_choice=False
    )
    phone = TelField(_l("Số điện thoại"), [Length(max=24, message=_TOO_LONG)])
    email = EmailField(_l("Thư điện tử (email)"), [Length(max=MAX_EMAIL, message=_TOO_LONG)])
    national_id = StringField(_l("Số căn cước"), [Length(max=24, message=_TOO_LONG)])
    unit = SelectField(_l("Đơn vị"), validate_choice=False)
    workplace = StringField(_l("Nơi làm việc, học tập"), [Length(max=MAX_WORDS, message=_TOO_LONG)])
    address = StringField(_l("Địa chỉ"), [Length(max=MAX_WORDS, message=_TOO_LONG)])
    category = SelectField(_l("Đối tượng dự thi"), validate_choice=False)
    id_checked = BooleanField(_l("Tôi đã xem lại: số căn cước và các mục khác đều đúng."))

    birth_date: date | None = None
    phone_number: str | None = None
    proven_email: str | None = None
    national_id_number: str | None = None
    extras = Extras()
    doubts: tuple[Doubt, ...] = ()  # what the entrant is asked to look at once more

    def suggest(self, known: Mapping[str, str]) -> None:
        """Fill in what the account that is signed in knows; the entrant may change it."""
        for name, value in known.items():
            if name in self and not self[name].data:
                self[name].data = value

    def check(self, contest: Contest, codes: frozenset[str], today: date) -> bool:
        """Validate under the contest's policy; `codes` are the units that may be chosen."""
        policy, fine = contest.entry, self.validate()
        if not self.name.errors:  # what is too long is not worth cleaning
            self.name.data = clean_name(self.name.data or "")
        if not self.name.data:
            self.name.errors = [_("chưa nhập họ và tên. Viết có dấu, như trên giấy tờ.")]
        if "roster_code" in self and not self.roster_code.data:
            self.roster_code.errors = [_("chưa nhập mã dự thi. Mã ghi trên giấy báo hoặc hỏi đơn vị.")]
        if "birth_year" in self:
            self.birth_date = self.read_birth_date(today, required=policy.requires("birth_date"))
        self._read_phone(required=policy.requires("phone"))
        self._read_national_id(required=policy.requires("national_id"))
        if "unit" in self:
            # Of whom the roster knows the unit need not say it; the service asks for what is missing then.
            required = policy.requires("unit") and not policy.uses_roster
            self._check_unit(codes, required=required)
        self._check_category(contest, required=policy.requires("category"))
        self._read_extras(contest)
        self.doubts = self._doubts(today)
        self.check_agreement(self.birth_date, today)
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

    def _check_category(self, contest: Contest, *, required: bool) -> None:
        if "category" not in self:
            return
        known = {one.code for one in contest.entry.categories}
        if self.category.data not in known and (required or self.category.data):
            self.category.errors = [_("chưa chọn đối tượng dự thi. Chọn một dòng trong danh sách.")]

    def _read_extras(self, contest: Contest) -> None:
        """Gender, mail, workplace and address, each only where asked for."""
        self.extras = Extras(
            gender=self._read_gender(required=contest.entry.requires("gender")),
            email=self._read_email(required=contest.entry.requires("email")),
            address=self._read_words("address", _("chưa nhập địa chỉ."), contest),
            workplace=self._read_words("workplace", _("chưa nhập nơi làm việc, học tập."), contest),
        )

    def _read_gender(self, *, required: bool) -> Gender | None:
        if "gender" not in self or not (required or self.gender.data):
            return None
        if self.gender.data not in set(Gender):
            self.gender.errors = [_("chưa chọn giới tính.")]
            return None
        return Gender(self.gender.data)

    def _read_email(self, *, required: bool) -> str | None:
        if "email" not in self or not (required or self.email.data):
            return self.proven_email
        try:
            return normalise_email(self.email.data or "")
        except EmailProblem as problem:
            self.email.errors = [email_message(problem)]
            return None

    def _read_words(self, name: str, missing: str, contest: Contest) -> str | None:
        if name not in self:
            return None
        words = clean_line(self[name].data or "", MAX_WORDS)
        if not words and contest.entry.requires(name):
            self[name].errors = [missing]
        return words or None

    def _doubts(self, today: date) -> tuple[Doubt, ...]:
        if self.national_id_number is None:
            return ()
        return doubts(
            self.national_id_number, birth_date=self.birth_date, gender=self.extras.gender, today=today
        )


class ResumeForm(BirthDateForm):
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


def entry_form(contest: Contest, way: WayIn) -> EntryForm:
    """The form with the fields that the contest asks for; what was proven is not asked for again."""
    form, policy = EntryForm(), contest.entry
    if not policy.asks("birth_date"):
        for name in BIRTH_BOXES:
            del form[name]
    elif policy.asks_only_year:
        form.ask_only_year()
    for name in FORM_FIELDS:
        if name in form and not policy.asks(name):
            del form[name]
    if way.phone is not None and "phone" in form:
        del form.phone
        form.phone_number = way.phone
    if way.email is not None and "email" in form:
        del form.email
        form.proven_email = way.email
    if policy.unique is not Unique.ROSTER:
        del form.roster_code
    if (policy.lowest_age or 0) >= CHILD_BELOW:
        form.leave_out_representative()
    if "category" in form:
        form.category.choices = [("", _("Chọn")), *((one.code, one.name) for one in policy.categories)]
    return form


def resume_form(contest: Contest, *, is_empty: bool = False) -> ResumeForm:
    """The form for coming back, with the year alone where the contest asks for no more."""
    form = ResumeForm(prefix="resume", formdata=None) if is_empty else ResumeForm(prefix="resume")
    if contest.entry.asks_only_year:
        form.ask_only_year()
    return form
