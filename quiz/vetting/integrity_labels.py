"""Words for signals, circles, and what cannot be annulled."""

from flask_babel import lazy_gettext as _l

from quiz.vetting.integrity import Signal
from quiz.vetting.integrity_pairs import Circle
from quiz.web.labels import add_messages

SIGNALS = {
    Signal.FAST: _l("Nhanh và đúng gần hết"),
    Signal.SIMILAR: _l("Đáp án giống nhau"),
    Signal.RHYTHM: _l("Thời gian trùng nhau"),
    Signal.BURST: _l("Nộp dồn dập"),
    Signal.DEVICE: _l("Nhiều người một thiết bị"),
}
CIRCLES = {
    Circle.DEVICE: _l("cùng thiết bị"),
    Circle.NETWORK: _l("cùng mạng"),
    Circle.UNIT: _l("cùng đơn vị"),
}

add_messages(
    {
        "filter_is_empty": _l("Chọn ít nhất một điều kiện; không hủy cả vòng một lúc."),
        "nothing_to_annul": _l("Không có bài nào khớp với các điều kiện này."),
        "attempts_moved": _l("Số bài khớp điều kiện vừa thay đổi. Xem trước lại rồi áp dụng."),
        "results_are_published": _l("Kết quả vòng này đã công bố, không hủy hay khôi phục bài được nữa."),
        "objection_length": _l("Cần viết vài lời, nhiều nhất %(most)s ký tự."),
        "objected_already": _l("Ý kiến đã gửi rồi; mỗi lần hủy bài được gửi ý kiến một lần."),
        "objection_answered": _l("Ý kiến này đã được trả lời."),
        "taken_back_already": _l("Những bài này đã được khôi phục rồi."),
    }
)
