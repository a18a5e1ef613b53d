"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from quiz.accounts.passwords import MAX_LENGTH
from quiz.web.forms import BaseForm

_NEED_USERNAME = _l("chưa nhập tên đăng nhập.")
_NEED_PASSWORD = _l("chưa nhập mật khẩu.")


class LoginForm(BaseForm):
    """Name and password. `next` is checked by the view, never trusted."""

    username = StringField(_l("Tên đăng nhập"), [InputRequired(_NEED_USERNAME), Length(max=80)])
    password = PasswordField(_l("Mật khẩu"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    next = HiddenField()


class PasswordForm(BaseForm):
    """Another password for oneself."""

    old = PasswordField(_l("Mật khẩu đang dùng"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    new = PasswordField(_l("Mật khẩu mới"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    again = PasswordField(_l("Mật khẩu mới, gõ lại"), [InputRequired(_NEED_PASSWORD)])

    def validate_again(self, field: PasswordField) -> None:
        """Both times the same."""
        if field.data != self.new.data:
            raise ValidationError(_l("hai lần gõ không giống nhau. Gõ lại mật khẩu mới."))
