"""Words for what can become of a job."""

from flask_babel import lazy_gettext as _l

from quiz.web.labels import add_messages

add_messages(
    {
        "job_failed": _l(
            "Việc dừng vì một lỗi ngoài dự tính. Lỗi đã ghi vào nhật ký máy chủ."
            " Làm lại một lần; nếu vẫn dừng, báo người quản trị kèm mã việc."
        ),
        "job_lost": _l("Máy chủ dừng giữa chừng nên việc chưa xong. Kiểm tra kết quả rồi làm lại."),
        "job_unknown": _l("Máy chủ không còn loại việc này. Làm lại từ trang ban đầu."),
    }
)
