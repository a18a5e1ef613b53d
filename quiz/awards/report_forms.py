"""The form of a report: its number, what it proposes, why the file is needed."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from quiz.web.forms import BaseForm

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
FORMATS = {"pdf": _l("PDF"), "docx": _l("Word, sửa được"), "xlsx": _l("Excel, mọi bảng")}


class ReportForm(BaseForm):
    """A report about one round."""

    number = StringField(_l("Số báo cáo"), [Length(max=20, message=_TOO_LONG)])
    proposals = TextAreaField(_l("Đề nghị, mỗi dòng một đoạn"), [Length(max=5000, message=_TOO_LONG)])
    format = SelectField(
        _l("Dạng tệp"), choices=[SelectChoice(*one) for one in FORMATS.items()], default="pdf"
    )
    reason = StringField(
        _l("Vì sao cần tệp này"),
        [InputRequired(_l("cần ghi lý do.")), Length(min=8, max=300, message=_l("ghi từ 8 đến 300 ký tự."))],
    )
