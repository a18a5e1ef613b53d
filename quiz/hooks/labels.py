"""Words for webhooks: events, states, what went wrong, what is refused."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.hooks.events import HookEvent
from quiz.hooks.models import HookDelivery
from quiz.hooks.retrying import DeliveryState
from quiz.web.labels import add_messages

EVENTS = {
    HookEvent.OPENED: _l("Vòng thi mở"),
    HookEvent.CLOSED: _l("Vòng thi đóng"),
    HookEvent.PUBLISHED: _l("Công bố kết quả vòng"),
    HookEvent.PING: _l("Tin thử"),
}
STATES = {
    DeliveryState.WAITING: (_l("Đang chờ gửi"), "warning", "clock"),
    DeliveryState.SENT: (_l("Đã nhận"), "success", "check-circle"),
    DeliveryState.GIVEN_UP: (_l("Không gửi được"), "danger", "warning"),
    DeliveryState.DROPPED: (_l("Không gửi, địa chỉ đã tắt"), "muted", "info"),
}
_TROUBLES = {
    "address_refused": _l("tên máy chủ trỏ vào mạng nội bộ, không được gửi"),
    "name_unknown": _l("không tìm thấy tên máy chủ"),
    "no_connection": _l("không kết nối được"),
    "timeout": _l("máy chủ không trả lời kịp 15 giây"),
    "tls": _l("chứng thư bảo mật của máy chủ không hợp lệ"),
    "no_reply": _l("kết nối đứt giữa chừng"),
    "redirect": _l("máy chủ chuyển hướng; hãy dùng đúng địa chỉ cuối"),
}
OFF_REASONS = {
    "failing": _l("Gửi không được suốt nhiều ngày nên hệ thống đã tắt địa chỉ này."),
    "gone": _l("Máy chủ trả lời 410 (không còn dùng) nên hệ thống đã tắt địa chỉ này."),
}

add_messages(
    {
        "address_unreadable": _l("Địa chỉ không đúng dạng, ví dụ https://tin.example.vn/nhan."),
        "address_with_more": _l("Địa chỉ không được có tên đăng nhập, mật khẩu hay dấu #."),
        "address_not_https": _l("Địa chỉ phải bắt đầu bằng https://."),
        "address_port": _l("Chỉ gửi được đến cổng 443 hoặc 8443."),
        "address_inner": _l("Địa chỉ này thuộc mạng nội bộ; chỉ gửi được đến máy chủ công khai trên mạng."),
        "address_known": _l("Địa chỉ này đã có."),
        "hooks_enough": _l("Mỗi cuộc thi có nhiều nhất %(most)s địa chỉ báo tin."),
        "hook_is_off": _l("Địa chỉ đang tắt. Bật lại rồi mới gửi được."),
        "hook_is_busy": _l("Còn nhiều tin đang chờ gửi. Đợi các tin ấy đi rồi thử lại."),
        "delivery_waits": _l("Tin này đang chờ gửi, chưa cần gửi lại."),
    }
)


def outcome(delivery: HookDelivery) -> str:
    """What the last try came to, in words."""
    if delivery.trouble:
        words = str(_TROUBLES[delivery.trouble])
        return f"{delivery.status}, {words}" if delivery.status else words
    return _("trả lời %(status)s", status=delivery.status) if delivery.status else ""
