"""Words for requests for approval and for what they refuse."""

from flask_babel import lazy_gettext as _l

from quiz.approvals.states import Kind, State
from quiz.web.labels import add_messages

WANTED = {
    Kind.PUBLISH: _l("Công bố kết quả %(round)s"),
    Kind.KEY: _l("Sửa đáp án một câu ở %(round)s"),
    Kind.AWARD: _l("Đổi danh sách giải %(round)s"),
}
STATES = {
    State.WAITING: _l("Chờ duyệt"),
    State.APPROVED: _l("Đã duyệt"),
    State.DECLINED: _l("Không duyệt"),
    State.WITHDRAWN: _l("Đã rút"),
    State.LAPSED: _l("Hết hiệu lực"),
}
TONES = {
    State.WAITING: ("warning", "clock"),
    State.APPROVED: ("success", "check-circle"),
    State.DECLINED: ("danger", "cross-circle"),
    State.WITHDRAWN: ("muted", "info"),
    State.LAPSED: ("muted", "info"),
}

add_messages(
    {
        "second_person_needed": _l("Việc này cần hai người: một người đề nghị, một người khác duyệt."),
        "approval_without_person": _l("Chỉ người có tài khoản làm việc mới đề nghị được."),
        "approval_asked_already": _l("Việc này đã có đề nghị đang chờ duyệt. Xem đề nghị đó trước."),
        "approval_over": _l("Đề nghị này không còn chờ duyệt nữa. Tải lại trang để xem."),
        "approval_of_own": _l("Không tự duyệt đề nghị của chính mình được. Cần một người khác."),
        "approval_of_another": _l("Chỉ người đề nghị mới rút lại được."),
        "approval_reason": _l("Cần ghi lý do, nhiều nhất %(most)s ký tự."),
        "approval_stale": _l(
            "Kết quả hoặc đáp án đã khác so với lúc đề nghị, nên đề nghị này hết hiệu lực. Đề nghị lại."
        ),
    }
)
