"""Forms about papers: what stands at their head and foot, why certificates are given or withdrawn."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quiz.awards.heading import Heading, Style
from quiz.web.forms import BaseForm, choices

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")
_SHORT = [Length(max=40, message=_TOO_LONG)]
_LINE = [Length(max=200, message=_TOO_LONG)]
REASON = [InputRequired(_l("cần ghi lý do.")), Length(max=300, message=_TOO_LONG)]
STYLES = {
    Style.STATE: _l("Nhà nước (Nghị định 30/2020/NĐ-CP)"),
    Style.PARTY: _l("Đảng (Hướng dẫn 36-HD/VPTW)"),
}


class HeadingForm(BaseForm):
    """The fixed words of a contest's papers."""

    style = SelectField(_l("Thể thức"), choices=choices(STYLES))
    superior = StringField(_l("Cơ quan cấp trên"), _LINE)
    body = StringField(_l("Cơ quan ban hành"), [InputRequired(_l("chưa nhập cơ quan ban hành.")), *_LINE])
    place = StringField(_l("Địa danh"), _LINE)
    report_mark = StringField(_l("Ký hiệu báo cáo"), _SHORT)
    certificate_mark = StringField(_l("Ký hiệu giấy chứng nhận"), _SHORT)
    unit_mark = StringField(_l("Ký hiệu giấy khen tập thể"), _SHORT)
    signs_for = StringField(_l("Ký thay mặt"), _LINE)
    signer_title = StringField(_l("Chức vụ người ký"), _LINE)
    signer = StringField(_l("Họ và tên người ký"), _LINE)
    recipients = TextAreaField(_l("Nơi nhận, mỗi dòng một nơi"), [Length(max=2000, message=_TOO_LONG)])

    def heading(self) -> Heading:
        """What was typed."""
        values = {name: (field.data or "") for name, field in self._fields.items() if name != "csrf_token"}
        return Heading.from_dict(values)


class IssueForm(BaseForm):
    """Why certificates are given."""

    reason = StringField(_l("Lý do"), REASON)


class WithdrawForm(BaseForm):
    """Which certificate is void, and why."""

    serial = IntegerField(_l("Số của giấy chứng nhận"), [InputRequired(_l("ghi số in trên giấy."))])
    reason = StringField(_l("Lý do thu hồi"), REASON)
