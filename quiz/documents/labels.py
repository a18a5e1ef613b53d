"""Words for what documents refuse, and for what happens to passages."""

from flask_babel import lazy_gettext as _l

from question_bank.passages.editions import Fate
from quiz.web.labels import add_messages

FATES = {
    Fate.NEW: _l("Mới"),
    Fate.CHANGED: _l("Đổi"),
    Fate.GONE: _l("Không còn"),
    Fate.SAME: _l("Giữ nguyên"),
}

add_messages(
    {
        "document_slug": _l(
            "Mã văn bản “%(slug)s” chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ nghi-quyet-16."
        ),
        "document_title": _l("chưa nhập tên văn bản."),
        "document_link": _l("Địa chỉ bản gốc bắt đầu bằng https:// hoặc http://."),
        "document_changed": _l(
            "Có người vừa nạp một bản khác của văn bản này. Mở lại trang văn bản rồi chọn lại tệp."
        ),
    }
)
