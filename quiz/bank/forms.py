"""Forms of the banks' pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from quiz.web.files import FileChosen
from quiz.web.forms import BaseForm


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
