"""The data map: what the product keeps of people, as /privacy prints it and an assessment dossier asks it."""

from flask_babel import lazy_gettext as _l

from quiz.privacy.pages import MapLine

_TERM = _l("đến hết thời hạn của cuộc thi, rồi tự xóa")
_OFFICERS = _l("Ban Tổ chức; số đầy đủ chỉ hiện khi nêu lý do, mỗi lần đều ghi nhật ký")
_SEALED = _l("mã hóa; so trùng bằng mã băm có khóa")

# Every kind of personal data in the product; a new column about people needs a line here.
DATA_MAP = (
    MapLine(
        _l("Họ và tên"),
        _l("nhận người dự thi, trao giải"),
        _l("Ban Tổ chức; công chúng thấy họ, đệm, chữ cái đầu của tên, trừ người đạt giải đã đồng ý"),
        _l("mã hóa; so trùng, tìm bằng mã băm có khóa"),
        _TERM,
    ),
    MapLine(
        _l("Ngày sinh hoặc năm sinh"),
        _l("xét điều kiện về tuổi, phân biệt người trùng tên, vào lại bài thi"),
        _l("Ban Tổ chức"),
        _l("mã hóa"),
        _TERM,
    ),
    MapLine(
        _l("Số điện thoại"),
        _l("liên hệ khi đạt giải, chống trùng, vào lại bài thi"),
        _l("Ban Tổ chức, số đầy đủ chỉ khi nêu lý do và có ghi nhật ký; công chúng chỉ thấy 3 số cuối"),
        _SEALED,
        _TERM,
    ),
    MapLine(
        _l("Số căn cước (chỉ khi thể lệ yêu cầu; không bao giờ cần ảnh giấy tờ)"),
        _l("chống trùng, đối chiếu khi trao giải"),
        _OFFICERS,
        _SEALED,
        _TERM,
    ),
    MapLine(
        _l("Giới tính, thư điện tử, địa chỉ, nơi công tác (chỉ khi thể lệ yêu cầu)"),
        _l("thống kê và liên hệ theo thể lệ"),
        _OFFICERS,
        _l("mã hóa"),
        _TERM,
    ),
    MapLine(
        _l("Người đại diện của người dưới 16 tuổi: họ tên, số điện thoại"),
        _l("sự đồng ý của người đại diện theo luật"),
        _OFFICERS,
        _l("mã hóa"),
        _TERM,
    ),
    MapLine(
        _l("Đơn vị, đối tượng dự thi"),
        _l("giải tập thể, xếp hạng theo đơn vị"),
        _l("mọi người, bên cạnh tên đã rút gọn"),
        _l("trong cơ sở dữ liệu của máy chủ"),
        _l("giữ trong số liệu chung, không còn gắn với tên"),
    ),
    MapLine(
        _l("Danh sách được dự thi, danh sách không được dự thi (chỉ khi thể lệ yêu cầu)"),
        _l("xét ai được dự thi"),
        _l("Ban Tổ chức"),
        _SEALED,
        _TERM,
    ),
    MapLine(
        _l("Bài làm: câu trả lời, giờ bắt đầu và nộp, điểm, câu dự đoán"),
        _l("chấm, xếp hạng, giải quyết khiếu nại"),
        _l("chính người dự thi; điểm và thời gian trên bảng xếp hạng"),
        _l("trong cơ sở dữ liệu của máy chủ"),
        _l("giữ trong số liệu chung, không còn gắn với tên"),
    ),
    MapLine(
        _l("Tài khoản dự thi (chỉ khi dùng): số điện thoại hoặc thư, tên từ nơi đăng nhập chung, mật khẩu"),
        _l("vào dự thi và vào lại mà không cần đăng ký lần nữa"),
        _l("không ai; chính chủ thấy số đã che"),
        _l("mã hóa; mật khẩu chỉ là mã băm"),
        _l("đến khi chính chủ xóa, hoặc 2 năm không dùng"),
    ),
    MapLine(
        _l("Mã xác nhận: nơi nhận mã, mã băm của mạng đã yêu cầu"),
        _l("chứng minh số điện thoại, thư điện tử là của mình; giới hạn số mã"),
        _l("không ai; máy gửi tin nhận số và mã để chuyển đi"),
        _SEALED,
        _l("2 ngày"),
    ),
    MapLine(
        _l("Bài bị hủy: thông báo, ý kiến của người dự thi, câu trả lời"),
        _l("để kết quả công bằng, và để người bị hủy bài được trình bày"),
        _l("chính người dự thi và Ban Tổ chức"),
        _l("ý kiến và câu trả lời mã hóa"),
        _TERM,
    ),
    MapLine(
        _l("Mã băm của thiết bị và của địa chỉ mạng"),
        _l("phát hiện một người thi nhiều lần"),
        _l("không ai đọc được; chỉ so giống, khác"),
        _l("mã băm có khóa; bản mã hóa chỉ để băm lại khi đổi khóa"),
        _l("30 ngày sau khi có kết quả"),
    ),
    MapLine(
        _l("Sự đồng ý: bản nào, lúc nào"),
        _l("chứng minh đã được đồng ý"),
        _l("Ban Tổ chức"),
        _l("trong cơ sở dữ liệu của máy chủ"),
        _l("giữ lại, không còn gắn với tên sau khi xóa"),
    ),
)
