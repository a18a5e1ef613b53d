"""Forms about personal data: of the person, and of the organiser who answers."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from quiz.privacy.disclosure import LONGEST_REASON, SHORTEST_REASON
from quiz.privacy.service import MOST_WORDS
from quiz.web.forms import BaseForm

_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")


class ProofForm(BaseForm):
    """What only the person knows, before their data are shown in full."""

    proof = StringField(_l("Ngày sinh đã khai"), [InputRequired(_l("chưa nhập.")), Length(max=24)])


class EraseForm(BaseForm):
    """Asking to be erased, understood."""

    sure = BooleanField(
        _l("Tôi hiểu: xóa xong không lấy lại được, không vào lại được bài thi, không nhận giải.")
    )
    words = TextAreaField(_l("Điều muốn nói thêm"), [Length(max=MOST_WORDS, message=_TOO_LONG)])

    def check(self) -> bool:
        """Validate; the tick is needed."""
        fine = self.validate()
        if not self.sure.data:
            self.sure.errors = [_("cần đánh dấu vào ô này để gửi yêu cầu xóa.")]
        return bool(fine and not self.sure.errors)


class ObjectForm(BaseForm):
    """Restricting the use of the data, or objecting to it."""

    words = TextAreaField(
        _l("Điều muốn hạn chế hoặc phản đối"),
        [InputRequired(_l("chưa có nội dung.")), Length(max=MOST_WORDS, message=_TOO_LONG)],
    )


class AnswerForm(BaseForm):
    """What an organiser tells the person."""

    words = TextAreaField(_l("Trả lời người yêu cầu"), [Length(max=MOST_WORDS, message=_TOO_LONG)])


class ReasonForm(BaseForm):
    """Why unmasked data are needed."""

    reason = StringField(
        _l("Lý do xem"),
        [
            InputRequired(_l("cần ghi lý do.")),
            Length(SHORTEST_REASON, LONGEST_REASON, message=_l("cần từ %(min)d đến %(max)d ký tự.")),
        ],
    )
