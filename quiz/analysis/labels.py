"""Words for flags and columns."""

from flask_babel import lazy_gettext as _l

from question_bank.statistics import Flag
from quiz.web.labels import add_messages

# What a flag is called, how it looks, and what to do about it.
FLAGS = {
    Flag.KEY_SUSPECT: (
        _l("Nghi sai đáp án"),
        "danger",
        _l(
            "Người làm tốt các câu khác chọn một phương án sai nhiều hơn đáp án."
            " Đối chiếu đáp án với tài liệu."
        ),
    ),
    Flag.NEGATIVE_DISCRIMINATION: (
        _l("Phân biệt ngược"),
        "warning",
        _l("Người làm tốt các câu khác lại hay sai câu này. Xem lại đáp án, rồi xem lại cách hỏi."),
    ),
    Flag.TOO_HARD: (
        _l("Quá khó"),
        "warning",
        _l("Dưới 10% trả lời đúng, không hơn chọn ngẫu nhiên. Xem lại đáp án và tài liệu."),
    ),
    Flag.TOO_EASY: (_l("Quá dễ"), "info", _l("Trên 95% trả lời đúng: câu không phân loại được ai.")),
    Flag.UNUSED_CHOICE: (
        _l("Có phương án bỏ không"),
        "info",
        _l("Một phương án sai hầu như không ai chọn: thay bằng phương án dễ nhầm hơn."),
    ),
}
COLUMNS = {
    "number": _l("Câu"),
    "attempts": _l("Lượt"),
    "facility": _l("Tỷ lệ đúng"),
    "discrimination": _l("Độ phân biệt"),
    "efficiency": _l("Hiệu quả"),
    "difficulty": _l("Độ khó (logit)"),
}

add_messages(
    {
        "statistics_while_running": _l(
            "Vòng đang diễn ra nên chưa tải được tệp thống kê: tệp có thể lộ con số đang được dự đoán."
        )
    }
)
