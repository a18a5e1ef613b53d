"""Forms of signing in, of one's own account, and of other people's accounts."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from quiz.accounts.invitations import DAYS, MOST_DAYS
from quiz.accounts.passwords import MAX_LENGTH
from quiz.accounts.permissions import Role
from quiz.web.desk import ROLES
from quiz.web.forms import BaseForm, choices

_NEED_USERNAME = _l("chưa nhập tên đăng nhập.")
_NEED_PASSWORD = _l("chưa nhập mật khẩu.")
_NEED_REASON = _l("chưa ghi lý do.")


class LoginForm(BaseForm):
    """Name and password. `next` is checked by the view, never trusted."""

    username = StringField(_l("Tên đăng nhập"), [InputRequired(_NEED_USERNAME), Length(max=80)])
    password = PasswordField(_l("Mật khẩu"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    next = HiddenField()


class CodeForm(BaseForm):
    """The second step: the phone's six digits, or one of the recovery codes."""

    code = StringField(_l("Mã 6 chữ số"), [Length(max=40)])
    recovery = StringField(_l("Mã dự phòng"), [Length(max=40)])
    next = HiddenField()

    def validate_code(self, field: StringField) -> None:
        """One of the two is there."""
        if not field.data and not self.recovery.data:
            raise ValidationError(_l("chưa nhập mã trên ứng dụng."))


class SecondStepForm(BaseForm):
    """Setting the second step up: the password again, and the first code."""

    sealed = HiddenField(validators=[Length(max=400)])
    code = StringField(
        _l("Mã 6 chữ số trên ứng dụng"), [InputRequired(_l("chưa nhập mã trên ứng dụng.")), Length(max=40)]
    )
    password = PasswordField(
        _l("Mật khẩu đang dùng"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)]
    )


class AgainForm(BaseForm):
    """The password again, before something that only its owner may do."""

    password = PasswordField(
        _l("Mật khẩu đang dùng"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)]
    )


class PasswordForm(BaseForm):
    """Another password for oneself."""

    old = PasswordField(_l("Mật khẩu đang dùng"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    new = PasswordField(_l("Mật khẩu mới"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    again = PasswordField(_l("Mật khẩu mới, gõ lại"), [InputRequired(_NEED_PASSWORD)])

    def validate_again(self, field: PasswordField) -> None:
        """Both times the same."""
        if field.data != self.new.data:
            raise ValidationError(_l("hai lần gõ không giống nhau. Gõ lại mật khẩu mới."))


class JoinForm(BaseForm):
    """The password that an invited person chooses."""

    new = PasswordField(_l("Mật khẩu"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    again = PasswordField(_l("Mật khẩu, gõ lại"), [InputRequired(_NEED_PASSWORD)])

    def validate_again(self, field: PasswordField) -> None:
        """Both times the same."""
        if field.data != self.new.data:
            raise ValidationError(_l("hai lần gõ không giống nhau. Gõ lại mật khẩu mới."))


class RoleFields(BaseForm):
    """A role, and the unit of a unit's account."""

    role = SelectField(_l("Quyền"), choices=choices(ROLES), default=Role.EDITOR.value)
    tree = SelectField(_l("Cây đơn vị"), validate_choice=False)
    unit = StringField(_l("Mã đơn vị"), [Length(max=40)])


class InviteForm(RoleFields):
    """Whom to invite."""

    name = StringField(_l("Họ và tên"), [InputRequired(_l("chưa nhập họ và tên.")), Length(max=80)])
    username = StringField(_l("Tên đăng nhập"), [InputRequired(_NEED_USERNAME), Length(max=80)])
    days = IntegerField(
        _l("Hạn dùng, ngày"),
        [
            InputRequired(_l("chưa nhập số ngày.")),
            NumberRange(1, MOST_DAYS, _l("từ 1 đến %(max)s ngày.")),
        ],
        default=DAYS,
    )


class RoleForm(RoleFields):
    """Another role for somebody."""

    reason = StringField(_l("Lý do"), [InputRequired(_NEED_REASON), Length(max=200)], id="role-reason")


class DeedForm(BaseForm):
    """Why an account is closed, opened, signed out or loses its second step."""

    reason = StringField(_l("Lý do"), [InputRequired(_NEED_REASON), Length(max=200)])
