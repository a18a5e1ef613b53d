"""Words for what accounts refuse."""

from flask_babel import lazy_gettext as _l

from quiz.web.labels import add_messages

add_messages(
    {
        "wrong_sign_in": _l(
            "Tên đăng nhập hoặc mật khẩu không đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt."
        ),
        "too_many_sign_ins": _l("Đã nhập sai nhiều lần. Thử lại sau %(minutes)s phút."),
        "sign_in_busy": _l("Đang có nhiều người đăng nhập. Đợi vài giây rồi thử lại."),
        "username_form": _l("Tên đăng nhập gồm 3 đến 40 chữ thường không dấu, chữ số, dấu chấm, gạch nối."),
        "username_taken": _l("Đã có tài khoản “%(username)s”. Chọn tên khác."),
        "staff_name_missing": _l("Chưa có họ và tên."),
        "unit_needed": _l("Tài khoản đơn vị cần có đơn vị."),
        "unit_unknown": _l("Không có đơn vị mang mã này trong cây đã chọn. Xem mã ở trang Đơn vị."),
        "unit_not_for_role": _l("Chỉ tài khoản đơn vị mới gắn với một đơn vị."),
        "password_too_short": _l(
            "Mật khẩu ngắn quá. Dùng ít nhất %(least)s ký tự; một câu dễ nhớ là tốt nhất."
        ),
        "password_too_long": _l("Mật khẩu dài quá. Dùng nhiều nhất %(most)s ký tự."),
        "password_common": _l(
            "Mật khẩu dễ đoán: gồm toàn từ phổ biến, tên mình hoặc dãy lặp. Dùng một câu riêng."
        ),
        "invitation_over": _l("Đường dẫn mời này đã dùng, đã thu lại hoặc hết hạn. Xin một đường dẫn mới."),
        "second_step_over": _l("Bước đăng nhập này đã quá 5 phút. Nhập lại mật khẩu."),
        "wrong_code": _l("Mã không đúng hoặc đã dùng. Đợi ứng dụng đổi sang mã mới rồi nhập lại."),
        "second_step_unknown": _l("Mã QR đã cũ. Quét lại mã mới dưới đây."),
        "second_step_required": _l("Tài khoản của bạn phải đăng nhập hai bước, không tắt được."),
        "not_for_oneself": _l("Không tự đổi quyền hay khóa tài khoản của chính mình."),
        "last_owner": _l("Đây là chủ hệ thống cuối cùng. Trao quyền chủ hệ thống cho người khác trước."),
        "password_same": _l("Mật khẩu này do người khác cấp. Đặt một mật khẩu chỉ mình bạn biết."),
        "password_wrong": _l("Mật khẩu đang dùng không đúng."),
    }
)
