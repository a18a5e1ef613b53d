"""Words for complaints and for what they refuse."""

from flask_babel import lazy_gettext as _l

from quiz.complaints.verdicts import Verdict
from quiz.web.labels import add_messages

VERDICTS = {Verdict.UPHELD: _l("Khiếu nại đúng"), Verdict.DISMISSED: _l("Khiếu nại không đúng")}
LOOKS = {Verdict.UPHELD: ("success", "check-circle"), Verdict.DISMISSED: ("muted", "info")}

add_messages(
    {
        "complaints_closed": _l("Vòng này chưa nhận hoặc đã hết hạn nhận khiếu nại."),
        "complaints_enough": _l(
            "Bạn đã gửi %(most)s khiếu nại về vòng này. "
            "Có thêm điều cần nói thì gọi số hỗ trợ của Ban Tổ chức."
        ),
        "complaint_length": _l("Cần viết nội dung, nhiều nhất %(most)s ký tự."),
        "complaint_answered": _l("Khiếu nại này đã được trả lời. Tải lại trang để xem."),
    }
)
