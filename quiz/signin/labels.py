"""Words of the ways in: what a code's refusal says, always with what to do next."""

from flask_babel import lazy_gettext as _l

from quiz.core.emails import EmailProblem
from quiz.core.phones import PhoneProblem
from quiz.signin.contacts import Channel, ContactProblem
from quiz.web.labels import add_messages

SENDERS = {
    "console": _l("ghi ra màn hình máy chủ (chỉ để thử)"),
    "smtp": _l("máy chủ thư điện tử"),
    "webhook": _l("cổng nhắn tin"),
}
_BOTH = frozenset({Channel.PHONE, Channel.EMAIL})
CONTACT_LABELS = {
    _BOTH: _l("Số điện thoại hoặc thư điện tử"),
    frozenset({Channel.PHONE}): _l("Số điện thoại"),
    frozenset({Channel.EMAIL}): _l("Thư điện tử (email)"),
}
_PHONE_FORM = _l("số di động có 10 chữ số, bắt đầu bằng 03, 05, 07, 08 hoặc 09, ví dụ 0912 345 678.")
_PROBLEMS = {
    "contact_empty": _l("chưa nhập nơi nhận mã."),
    "phones_only": _l("mã chỉ gửi được về số điện thoại. Nhập số di động, ví dụ 0912 345 678."),
    "emails_only": _l("mã chỉ gửi được về thư điện tử. Nhập địa chỉ, ví dụ huong@example.vn."),
    "empty": _PHONE_FORM,
    "no_at": _l("thư điện tử cần có dấu @, ví dụ huong@example.vn."),
    "not_an_address": _l("địa chỉ thư điện tử chưa đúng. Xem lại từng chữ, ví dụ huong@example.vn."),
    "letters": _l("số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678; thư điện tử thì cần có dấu @."),
}

add_messages(
    {
        "codes_for_contact": _l(
            "Hôm nay đã gửi %(most)s mã tới nơi này. Dùng mã mới nhất, hoặc chờ đến ngày mai, "
            "hoặc gọi Ban Tổ chức."
        ),
        "codes_from_network": _l(
            "Mạng này vừa yêu cầu quá nhiều mã. Chờ một giờ, dùng mạng khác, hoặc gọi Ban Tổ chức."
        ),
        "codes_of_day": _l(
            "Hôm nay hệ thống đã hết lượt gửi mã. Thử lại vào ngày mai, dùng cách khác, hoặc gọi Ban Tổ chức."
        ),
        "code_no_sender": _l("Hệ thống chưa gửi được mã tới nơi này. Dùng cách khác hoặc gọi Ban Tổ chức."),
        "code_sender_away": _l(
            "Chưa gửi được mã: máy gửi tin không trả lời. Thử lại sau ít phút, hoặc dùng cách khác."
        ),
        "code_sender_refused": _l(
            "Chưa gửi được mã: máy gửi tin không nhận. Thử lại sau ít phút, hoặc dùng cách khác."
        ),
        "code_senders_busy": _l("Nhiều người đang yêu cầu mã. Chờ một phút rồi thử lại."),
        "code_wrong": _l("mã chưa đúng. Còn %(left)s lần nhập. Xem lại tin nhắn mới nhất."),
        "code_used_up": _l("đã nhập sai 5 lần nên mã này hết dùng được. Yêu cầu mã mới."),
        "code_expired": _l("mã đã quá 10 phút. Yêu cầu mã mới."),
        "code_replaced": _l("mã này đã được thay. Dùng mã mới nhất, hoặc yêu cầu mã mới."),
        "code_proved": _l("mã này đã dùng rồi. Yêu cầu mã mới nếu cần."),
        "account_refused": _l(
            "Số điện thoại (hoặc thư điện tử) và mật khẩu không khớp. Xem lại hai mục, "
            "hoặc đặt mật khẩu mới bằng mã."
        ),
        "entrant_password_short": _l("mật khẩu cần ít nhất %(least)s ký tự. Một câu ngắn dễ nhớ là tốt."),
        "entrant_password_long": _l("mật khẩu dài quá; nhiều nhất %(most)s ký tự."),
        "entrant_password_common": _l(
            "mật khẩu này dễ đoán: từ quen dùng, dãy phím liền nhau hoặc chính số điện thoại. Chọn câu khác."
        ),
        "provider_away": _l("Nơi đăng nhập chung không trả lời. Thử lại sau ít phút, hoặc dùng cách khác."),
        "provider_refused": _l(
            "Chưa đăng nhập được qua nơi đăng nhập chung. Thử lại từ đầu, hoặc dùng cách khác."
        ),
    }
)


def contact_message(problem: ContactProblem | PhoneProblem | EmailProblem) -> str:
    """What is wrong with a typed contact."""
    return str(_PROBLEMS.get(problem.code, _PHONE_FORM))
