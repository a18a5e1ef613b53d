"""The data map: what the product keeps of people, as /privacy prints it and an assessment dossier asks it."""

from flask_babel import gettext as _

from quiz.privacy.pages import MapLine


def data_map() -> tuple[MapLine, ...]:
    """Every kind of personal data in the product; a new column about people needs a line here."""
    months = _("đến hết thời hạn của cuộc thi, rồi tự xóa")
    officers = _("Ban Tổ chức; số đầy đủ chỉ hiện khi nêu lý do, mỗi lần đều ghi nhật ký")
    sealed = _("mã hóa; so trùng bằng mã băm có khóa")
    return (
        MapLine(
            _("Họ và tên"),
            _("nhận người dự thi, trao giải"),
            _("Ban Tổ chức; công chúng thấy họ, đệm, chữ cái đầu của tên, trừ người đạt giải đã đồng ý"),
            _("trong cơ sở dữ liệu của máy chủ"),
            months,
        ),
        MapLine(
            _("Ngày sinh hoặc năm sinh"),
            _("xét điều kiện về tuổi, phân biệt người trùng tên, vào lại bài thi"),
            _("Ban Tổ chức"),
            _("trong cơ sở dữ liệu của máy chủ"),
            months,
        ),
        MapLine(
            _("Số điện thoại"),
            _("liên hệ khi đạt giải, chống trùng, vào lại bài thi"),
            _("%(officers)s; công chúng chỉ thấy 3 số cuối", officers=officers),
            sealed,
            months,
        ),
        MapLine(
            _("Số căn cước (chỉ khi thể lệ yêu cầu; không bao giờ cần ảnh giấy tờ)"),
            _("chống trùng, đối chiếu khi trao giải"),
            officers,
            sealed,
            months,
        ),
        MapLine(
            _("Giới tính, thư điện tử, địa chỉ, nơi công tác (chỉ khi thể lệ yêu cầu)"),
            _("thống kê và liên hệ theo thể lệ"),
            officers,
            _("mã hóa"),
            months,
        ),
        MapLine(
            _("Người đại diện của người dưới 16 tuổi: họ tên, số điện thoại"),
            _("sự đồng ý của người đại diện theo luật"),
            officers,
            _("mã hóa"),
            months,
        ),
        MapLine(
            _("Đơn vị, đối tượng dự thi"),
            _("giải tập thể, xếp hạng theo đơn vị"),
            _("mọi người, bên cạnh tên đã rút gọn"),
            _("trong cơ sở dữ liệu của máy chủ"),
            _("giữ trong số liệu chung, không còn gắn với tên"),
        ),
        MapLine(
            _("Bài làm: câu trả lời, giờ bắt đầu và nộp, điểm, câu dự đoán"),
            _("chấm, xếp hạng, giải quyết khiếu nại"),
            _("chính người dự thi; điểm và thời gian trên bảng xếp hạng"),
            _("trong cơ sở dữ liệu của máy chủ"),
            _("giữ trong số liệu chung, không còn gắn với tên"),
        ),
        MapLine(
            _("Mã băm của thiết bị và của địa chỉ mạng"),
            _("phát hiện một người thi nhiều lần"),
            _("không ai đọc được; chỉ so giống, khác"),
            _("mã băm có khóa"),
            _("30 ngày sau khi có kết quả"),
        ),
        MapLine(
            _("Sự đồng ý: bản nào, lúc nào"),
            _("chứng minh đã được đồng ý"),
            _("Ban Tổ chức"),
            _("trong cơ sở dữ liệu của máy chủ"),
            _("giữ lại, không còn gắn với tên sau khi xóa"),
        ),
    )
