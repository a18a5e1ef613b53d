"""Forms of the units' pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from quiz.web.files import FileChosen
from quiz.web.forms import BaseForm


class TreeFileForm(BaseForm):
    """A file of units and the tree that it is for."""

    slug = StringField(
        _l("Mã cây"),
        [
            InputRequired(_l("chưa nhập mã cây, ví dụ son-la.")),
            Regexp(
                r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z",
                message=_l("mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ son-la."),
            ),
        ],
    )
    name = StringField(_l("Tên cây"), [Length(max=300, message=_l("tên dài quá 300 ký tự."))])
    file = FileField(_l("Tệp CSV"), [FileChosen()])


class ConfirmForm(BaseForm):
    """Saving what was shown. Units that are gone are removed only with the tick."""

    remove_missing = BooleanField(_l("Xóa những đơn vị không còn trong tệp"))
