"""Words for what is entered about units."""

from flask_babel import lazy_gettext as _l

from quiz.collective.values import HeadcountState
from quiz.web.labels import add_messages

HEADCOUNT_STATES = {
    HeadcountState.PROPOSED: _l("chờ duyệt"),
    HeadcountState.APPROVED: _l("đã duyệt"),
    HeadcountState.REFUSED: _l("không duyệt"),
    HeadcountState.REPLACED: _l("đơn vị đã gửi số khác"),
}

add_messages(
    {
        "units_not_taken_over": _l(
            "Cuộc thi chưa chụp cây đơn vị: mở vòng đầu tiên rồi nhập, hoặc nhập tổng số người vào cây."
        ),
        "headcount_decided": _l("Đề nghị này đã được quyết định. Tải lại trang để xem."),
        "headcount_in_future": _l("Ngày của số liệu chưa tới. Sửa ngày."),
    }
)
