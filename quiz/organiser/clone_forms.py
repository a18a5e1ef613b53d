"""The form of a contest that takes over another one's rules."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import TextInput

from quiz.web.forms import BaseForm


class CloneForm(BaseForm):
    """Name, address and first day."""

    title = StringField(
        _l("Tên cuộc thi mới"),
        [
            InputRequired(_l("chưa có tên cuộc thi.")),
            Length(max=300, message=_l("dài quá; nhiều nhất %(max)d ký tự.")),
        ],
    )
    slug = StringField(
        _l("Mã trong địa chỉ"),
        [
            InputRequired(_l("chưa có mã trong địa chỉ.")),
            Length(max=40, message=_l("dài quá; nhiều nhất %(max)d ký tự.")),
            Regexp(
                r"[a-z0-9]+(?:-[a-z0-9]+)*$",
                message=_l("chỉ dùng chữ thường không dấu, chữ số và gạch nối, ví dụ dai-hoi-2027."),
            ),
        ],
    )
    opens_on = DateField(
        _l("Ngày mở vòng đầu tiên"),
        [Optional()],
        format="%d/%m/%Y",
        widget=TextInput(),
    )
