"""Forms of the pages of lists: the roster, and those who may not enter."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quiz.web.files import FileChosen
from quiz.web.forms import BaseForm

MAX_REASON, MAX_TYPED = 200, 50_000


class ListFileForm(BaseForm):
    """A file with a list of people."""

    file = FileField(_l("Tệp danh sách"), [FileChosen()])


class SaveRosterForm(BaseForm):
    """Saving what was shown. People who are gone are removed only with the tick."""

    remove_gone = BooleanField(_l("Bỏ những người không còn trong tệp"))


class BarredForm(BaseForm):
    """People who may not enter: typed, a line each, or a file."""

    typed = TextAreaField(_l("Mỗi người một dòng"), [Length(max=MAX_TYPED)])
    file = FileField(_l("Hoặc chọn tệp"))
    reason = StringField(
        _l("Lý do"), [InputRequired(_l("chưa ghi lý do.")), Length(max=MAX_REASON, message=_l("dài quá."))]
    )


class AdmitForm(BaseForm):
    """Taking somebody off the list."""

    reason = StringField(
        _l("Lý do"), [InputRequired(_l("chưa ghi lý do.")), Length(max=MAX_REASON, message=_l("dài quá."))]
    )
