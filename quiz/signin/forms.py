"""Forms of the ways in."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField, ValidationError
from wtforms.validators import InputRequired, Length

from quiz.accounts.passwords import MAX_LENGTH
from quiz.core.emails import MAX_EMAIL, EmailProblem
from quiz.core.phones import PhoneProblem
from quiz.signin.codes import is_code
from quiz.signin.contacts import Channel, Contact, ContactProblem, read_contact
from quiz.signin.labels import CONTACT_LABELS, contact_message
from quiz.web.forms import BaseForm

_NEED_PASSWORD = _l("chưa nhập mật khẩu.")


class ContactForm(BaseForm):
    """Where a code is to go."""

    contact = StringField("", [Length(max=MAX_EMAIL)])
    understood: Contact | None = None

    def offer(self, channels: frozenset[Channel]) -> "ContactForm":
        """Label the field by what can be typed."""
        self.contact.label.text = str(CONTACT_LABELS[channels])
        return self

    def check(self, channels: frozenset[Channel]) -> bool:
        """Validate; `understood` holds the contact."""
        self.offer(channels)
        if not self.validate():
            return False
        try:
            self.understood = read_contact(self.contact.data or "", channels)
        except (ContactProblem, PhoneProblem, EmailProblem) as problem:
            self.contact.errors = [contact_message(problem)]
        return self.understood is not None


class CodeForm(BaseForm):
    """The six digits; spaces between them are no mistake."""

    code = StringField(_l("Mã xác nhận"), [Length(max=20)])

    @property
    def typed(self) -> str:
        """What was typed, without spaces."""
        return "".join((self.code.data or "").split())

    def check(self) -> bool:
        """Whether there are six digits; anything else is told without costing a try."""
        if self.validate() and is_code(self.typed):
            return True
        self.code.errors = [_l("mã gồm 6 chữ số, ví dụ 012345. Xem lại tin nhắn rồi nhập đủ.")]
        return False


class SignInForm(ContactForm):
    """Contact and password."""

    password = PasswordField(_l("Mật khẩu"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])


class PasswordForm(BaseForm):
    """The password of an account."""

    password = PasswordField(_l("Mật khẩu mới"), [InputRequired(_NEED_PASSWORD), Length(max=MAX_LENGTH * 4)])
    again = PasswordField(_l("Gõ lại mật khẩu mới"), [InputRequired(_NEED_PASSWORD)])

    def validate_again(self, field: PasswordField) -> None:
        """Both times the same."""
        if field.data != self.password.data:
            raise ValidationError(_l("hai lần gõ không giống nhau. Gõ lại mật khẩu mới."))
