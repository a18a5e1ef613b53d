"""Words for what attempts refuse."""

from flask_babel import lazy_gettext as _l

from quiz.web.labels import add_messages

add_messages(
    {
        "round_not_open_yet": _l("Vòng thi chưa mở."),
        "round_closed": _l("Vòng thi đã đóng, không bắt đầu lượt mới được nữa."),
        "round_resting": _l("Vòng thi đang ngoài giờ. Các ngày và giờ thi được ghi trên trang cuộc thi."),
        "qualifier_open": _l(
            "Kết quả để chọn người vào vòng này chưa chốt. Vào lại sau khi kết quả được chốt."
        ),
        "not_qualified": _l(
            "Vòng này dành cho người đủ điều kiện từ kết quả trước; đăng ký này không có trong số đó."
        ),
        "round_paused": _l("Vòng thi đang tạm dừng. Ban Tổ chức sẽ mở lại; thời gian tạm dừng không bị trừ."),
        "no_attempts_left": _l("Đã dùng hết số lượt dự thi được phép."),
        "disqualified": _l("Lượt đăng ký này không được tiếp tục dự thi. Liên hệ Ban Tổ chức để biết lý do."),
        "entry_merged": _l(
            "Đăng ký này đã tính chung với đăng ký khác của bạn. Vào thi bằng thông tin của đăng ký đó."
        ),
        "bank_too_thin": _l(
            "Đề thi của vòng này chưa đủ câu hỏi. Ban Tổ chức cần bổ sung trước khi nhận bài."
        ),
        "busy": _l("Đang có nhiều người vào cùng lúc. Bấm Vào thi lần nữa; chưa tính giờ."),
        "must_wait": _l("Đang có nhiều người vào cùng lúc. Chưa tính giờ."),
        "reason_needed": _l("Cần ghi lý do. Lý do được lưu trong nhật ký."),
        "minutes_out_of_range": _l("Số phút thêm từ 1 đến %(most)s."),
        "percent_out_of_range": _l("Thời gian thêm từ 0 đến %(most)s phần trăm."),
        "nobody_running": _l("Lúc này không có ai trong số đó đang làm bài, nên chưa thêm giờ cho ai."),
        "correction_needs_choices": _l("Đánh dấu ít nhất một phương án được tính đúng."),
        "correction_is_there": _l("Câu này đang được chấm đúng như vậy rồi."),
        "marks_moved": _l("Vừa có người nộp bài, số liệu đã khác. Xem trước lại rồi áp dụng."),
        "attempt_is_open": _l("Lượt này chưa kết thúc. Chờ hết giờ hoặc người thi nộp bài rồi trả lại."),
        "results_are_final": _l("Kết quả vòng này đã chốt, không trả lại lượt được nữa."),
        "words_out_of_range": _l("Thông báo cần có nội dung, nhiều nhất %(most)s ký tự."),
        "older_revision": _l("Bài này vừa được lưu ở nơi khác với câu trả lời mới hơn."),
        "time_is_over": _l("Đã hết giờ làm bài. Những câu lưu trước khi hết giờ vẫn được tính."),
        "attempts_still_running": _l("Còn %(count)s người đang làm bài. Chờ hết giờ của họ rồi chốt."),
        "already_submitted": _l("Bài này đã nộp, không sửa được nữa."),
        "prediction_needed": _l("Chưa nhập số dự đoán. Nhập một số từ 0 trở lên rồi nộp lại."),
        "answers_missing": _l("Còn câu chưa trả lời. Cuộc thi này yêu cầu trả lời hết các câu."),
    }
)
