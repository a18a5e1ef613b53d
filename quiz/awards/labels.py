"""Words for what can be wrong with a decision about prizes."""

from flask_babel import lazy_gettext as _l

from quiz.web.labels import add_messages

add_messages(
    {
        "results_not_frozen": _l("Vòng chưa chốt kết quả nên chưa xét giải được."),
        "tie_changed": _l("Nhóm bằng hạng này đã thay đổi. Xem lại rồi quyết định."),
        "order_incomplete": _l("Ghi thứ tự 1, 2, 3… cho từng người trong nhóm, không trùng nhau."),
    }
)
