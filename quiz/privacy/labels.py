"""Words for requests, for what is kept and what is refused."""

from flask_babel import lazy_gettext as _l

from quiz.privacy.kinds import Kind, State
from quiz.web.labels import add_messages

KINDS = {
    Kind.CORRECT: _l("Sửa dữ liệu"),
    Kind.ERASE: _l("Xóa dữ liệu"),
    Kind.WITHDRAW: _l("Rút đồng ý công bố"),
    Kind.OBJECT: _l("Hạn chế hoặc phản đối việc dùng dữ liệu"),
}
STATES = {
    State.WAITING: _l("đang chờ"),
    State.DONE: _l("đã làm"),
    State.REFUSED: _l("không làm"),
    State.TAKEN_BACK: _l("đã rút lại"),
}
FURTHER = {
    "gender": _l("Giới tính"),
    "email": _l("Thư điện tử"),
    "address": _l("Địa chỉ"),
    "workplace": _l("Nơi công tác, học tập"),
    "category": _l("Đối tượng"),
}

add_messages(
    {
        "words_needed": _l("chưa viết điều muốn hạn chế hoặc phản đối."),
        "nothing_to_correct": _l("chưa nhập mục nào cần sửa."),
        "answer_needed": _l("cần viết câu trả lời cho người yêu cầu."),
        "request_is_over": _l("Yêu cầu này đã xử lý xong."),
        "request_not_yours": _l("Việc này không làm được ở đây."),
        "erased_already": _l("Dữ liệu cá nhân của đăng ký này đã được xóa."),
        "wrong_proof": _l("không khớp với điều đã khai khi đăng ký. Xem lại rồi nhập đủ."),
        "reason_to_see_needed": _l("cần ghi lý do, từ %(least)s đến %(most)s ký tự."),
        "disclosure_limit": _l(
            "Hôm nay đã xem đủ %(most)s người, là mức tối đa của một cán bộ trong một ngày. "
            "Làm tiếp vào ngày mai."
        ),
    }
)
