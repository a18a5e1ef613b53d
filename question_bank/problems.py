"""Every problem that can be reported, with its Vietnamese words, in one visible table."""

from __future__ import annotations

from dataclasses import dataclass

from question_bank.values import Problem, Severity

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Wording:
    """What is wrong and how to mend it; `{…}` are filled by `problem`."""

    severity: Severity
    message: str
    mend: str


WORDINGS: dict[str, Wording] = {
    # The file as a whole
    "empty-file": Wording(_ERROR, "Tệp trống, không có nội dung.", "Chọn lại đúng tệp câu hỏi rồi tải lên."),
    "too-large": Wording(
        _ERROR,
        "Tệp lớn {size} MB, vượt giới hạn {limit} MB.",
        "Chia tệp thành nhiều phần hoặc bỏ bớt hình ảnh rồi tải lại.",
    ),
    "unknown-format": Wording(
        _ERROR,
        "Không nhận ra định dạng của tệp “{name}”.",
        "Dùng một trong các định dạng: {known}.",
    ),
    "not-what-it-says": Wording(
        _ERROR,
        "Tệp mang tên {says} nhưng nội dung là {found}.",
        "Mở tệp bằng đúng phần mềm, lưu lại thành {says}, hoặc đổi đuôi tệp cho khớp với nội dung.",
    ),
    "zip-bomb": Wording(
        _ERROR,
        "Tệp nén bất thường ({why}) nên không được mở để giữ an toàn cho máy chủ.",
        "Mở tệp bằng phần mềm gốc, lưu lại thành tệp mới rồi tải lên.",
    ),
    "unsafe-xml": Wording(
        _ERROR,
        "Tệp có khai báo XML nguy hiểm (thực thể tự định nghĩa) nên không được đọc.",
        "Mở tệp bằng phần mềm gốc, lưu lại thành tệp mới rồi tải lên.",
    ),
    "corrupt-file": Wording(
        _ERROR,
        "Tệp bị hỏng, không đọc được nội dung.",
        "Mở tệp bằng phần mềm gốc để kiểm tra, lưu lại thành tệp mới rồi tải lên.",
    ),
    "password": Wording(
        _ERROR, "Tệp được đặt mật khẩu nên không đọc được.", "Bỏ mật khẩu, lưu lại rồi tải lên."
    ),
    "unreadable-text": Wording(
        _ERROR,
        "Không đọc được chữ trong tệp: bảng mã lạ hoặc phông chữ cũ.",
        "Mở tệp, chuyển về phông Unicode rồi lưu lại ở dạng UTF-8.",
    ),
    "no-questions": Wording(
        _ERROR,
        "Không tìm thấy câu hỏi nào trong tệp.",
        "So tệp với tệp mẫu tải về từ trang ngân hàng câu hỏi.",
    ),
    "too-many-questions": Wording(
        _ERROR,
        "Tệp có hơn {limit} câu hỏi.",
        "Chia tệp thành nhiều phần, mỗi phần không quá {limit} câu.",
    ),
    "too-many-problems": Wording(
        _ERROR,
        "Tệp có quá nhiều lỗi; chỉ {limit} lỗi đầu được liệt kê.",
        "Sửa các lỗi đã nêu rồi tải lại tệp để xem các lỗi còn lại.",
    ),
}


def problem(code: str, place: str, number: str | None = None, **values: object) -> Problem:
    """The problem `code` at `place`, its words filled with `values`."""
    wording = WORDINGS[code]
    return Problem(
        severity=wording.severity,
        code=code,
        place=place,
        number=number,
        message=wording.message.format(**values),
        mend=wording.mend.format(**values),
    )
