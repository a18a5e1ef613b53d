"""Every problem that can be reported, with its Vietnamese words, in one visible table."""

from __future__ import annotations

from question_bank.values import Problem
from question_bank.wordings import ERROR as _ERROR
from question_bank.wordings import WARNING as _WARNING
from question_bank.wordings import Wording
from question_bank.wordings_documents import DOCUMENT_WORDINGS
from question_bank.wordings_pictures import PICTURE_WORDINGS
from question_bank.wordings_text import TEXT_WORDINGS

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
    "save-as-docx": Wording(
        _ERROR,
        "Đây là {found}, hệ thống chưa đọc được trực tiếp.",
        "{how}",
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
        _ERROR,
        "Tệp được đặt mật khẩu nên không đọc được.",
        "Bỏ mật khẩu, lưu lại rồi tải lên.",
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
    # Columns of a table
    "missing-column": Wording(
        _ERROR,
        "Thiếu cột {missing}. Các cột tìm thấy: {found}.",
        "Đặt tên cột như tệp mẫu. Các cột cần có: {expected}.",
    ),
    "no-header": Wording(
        _ERROR,
        "Không tìm thấy dòng tiêu đề trong 10 dòng đầu. Dòng đầu có: {found}.",
        "Thêm dòng tiêu đề với các cột: {expected}.",
    ),
    "column-twice": Wording(
        _ERROR,
        "Hai cột cùng là “{role}”: {columns}.",
        "Chỉ giữ một cột, xóa hoặc đổi tên cột kia.",
    ),
    "unknown-column": Wording(
        _WARNING,
        "Không dùng cột “{column}” vì không rõ tên này nghĩa là gì.",
        "Nếu cần cột này, đổi tên thành một trong: {expected}.",
    ),
    # One question
    "no-key": Wording(
        _ERROR,
        "Câu {number} chưa có đáp án đúng.",
        "Ghi đáp án đúng, ví dụ A, hoặc A, C nếu có nhiều đáp án.",
    ),
    "unknown-key": Wording(
        _ERROR,
        "Câu {number}: đáp án “{key}” không khớp phương án nào (có {choices}).",
        "Ghi chữ cái, số thứ tự hoặc đúng nguyên văn của một phương án.",
    ),
    "ambiguous-key": Wording(
        _ERROR,
        "Câu {number}: đáp án “{key}” hiểu được theo nhiều cách ({readings}).",
        "Ghi đáp án bằng chữ cái, ví dụ A.",
    ),
    "two-keys": Wording(
        _ERROR,
        "Câu {number} có hai đáp án mâu thuẫn: {readings}.",
        "Kiểm tra lại và chỉ giữ đáp án đúng.",
    ),
    "empty-question": Wording(
        _ERROR,
        "Câu {number} không có nội dung câu hỏi.",
        "Điền nội dung hoặc xóa cả câu.",
    ),
    "empty-choice": Wording(
        _ERROR,
        "Câu {number}: phương án {letter} để trống.",
        "Điền phương án {letter}; nếu câu này thật sự ít phương án hơn, ghi “(bỏ trống)” vào các ô cuối.",
    ),
    "too-few-choices": Wording(
        _ERROR,
        "Câu {number} chỉ có {count} phương án, cần ít nhất 2.",
        "Điền thêm phương án.",
    ),
    "too-many-choices": Wording(
        _ERROR,
        "Câu {number} có {count} phương án, nhiều nhất là 8.",
        "Bỏ bớt phương án hoặc tách thành hai câu.",
    ),
    "same-choice-twice": Wording(
        _ERROR,
        "Câu {number}: phương án {first} và {second} giống hệt nhau (“{text}”).",
        "Sửa lại một trong hai phương án.",
    ),
    "choices-alike": Wording(
        _WARNING,
        "Câu {number}: phương án {first} và {second} chỉ khác nhau ở chữ hoa hoặc dấu câu (“{text}”).",
        "Kiểm tra xem có gõ nhầm không.",
    ),
    "kind-contradicts": Wording(
        _ERROR,
        "Câu {number} ghi loại “{kind}” nhưng có {count} đáp án đúng.",
        "Sửa loại câu hỏi hoặc đáp án cho khớp.",
    ),
    "text-too-long": Wording(
        _ERROR,
        "Câu {number} có nội dung dài quá {limit} ký tự.",
        "Rút gọn, hoặc kiểm tra dấu ngoặc kép bị thiếu.",
    ),
    "duplicate-question": Wording(
        _ERROR,
        "Câu {number} trùng hoàn toàn với câu {other} ({where}).",
        "Xóa một trong hai câu.",
    ),
    "conflicting-keys": Wording(
        _ERROR,
        "Câu {number} giống câu {other} ({where}) nhưng đáp án khác.",
        "Quyết định đáp án nào đúng rồi xóa câu còn lại.",
    ),
    "contradicting-question": Wording(
        _WARNING,
        "Câu {number} cùng nội dung với câu {other} ({where}) nhưng đáp án mâu thuẫn.",
        "Kiểm tra lại đáp án của cả hai câu.",
    ),
    # One row
    "row-too-long": Wording(
        _ERROR,
        "Dòng này có {cells} ô, nhiều hơn {columns} cột của dòng tiêu đề.",
        "Nội dung có dấu phân cách (phẩy, chấm phẩy) phải đặt trong dấu ngoặc kép.",
    ),
    "unclosed-quote": Wording(
        _ERROR,
        "Dấu ngoặc kép mở ở dòng này không được đóng lại, nên các dòng sau bị nuốt vào một ô.",
        "Thêm dấu ngoặc kép đóng; dấu ngoặc kép bên trong nội dung phải viết hai lần.",
    ),
    "stray-row": Wording(
        _WARNING,
        "Bỏ qua dòng không phải câu hỏi: “{text}”.",
        "Nếu đây là câu hỏi, điền đủ nội dung, phương án và đáp án.",
    ),
    "odd-date": Wording(
        _WARNING,
        "Excel đã tự đổi ô này thành ngày tháng; được đọc là “{text}”.",
        "Nếu không đúng, định dạng ô là Văn bản (Text) rồi gõ lại.",
    ),
    "hidden-sheet": Wording(
        _WARNING,
        "Trang tính “{sheet}” đang bị ẩn nên không được đọc.",
        "Bỏ ẩn trang tính nếu muốn nhập các câu trong đó.",
    ),
    "sheet-too-big": Wording(
        _ERROR,
        "Trang tính quá rộng hoặc quá dài ({cells} ô), có lẽ do định dạng cả cột hoặc một ô nằm rất xa.",
        "Chép riêng phần câu hỏi sang một tệp mới.",
    ),
    # What the bank that takes the file says
    "conflicts-with-bank": Wording(
        _ERROR,
        "Câu {number} đã có trong ngân hàng (câu {other}) với đáp án khác.",
        "Xem lại đáp án. Nếu câu trong ngân hàng sai thì sửa câu đó, rồi nhập lại tệp.",
    ),
    "topic-too-long": Wording(
        _ERROR,
        "Câu {number}: chủ đề dài {length} ký tự.",
        "Chủ đề dài nhiều nhất {most} ký tự. Xem cột có bị lệch không.",
    ),
    "level-too-long": Wording(
        _ERROR,
        "Câu {number}: mức độ dài {length} ký tự.",
        "Mức độ dài nhiều nhất {most} ký tự. Xem cột có bị lệch không.",
    ),
    # Our own JSON
    "bad-json": Wording(_ERROR, "Tệp JSON sai cú pháp: {why}.", "Xuất lại tệp JSON từ ngân hàng câu hỏi."),
    "bad-field": Wording(
        _ERROR,
        "Câu {number}: trường “{name}” {why}.",
        "Sửa trường này theo tài liệu định dạng.",
    ),
    "newer-version": Wording(
        _ERROR,
        "Tệp JSON thuộc phiên bản {version}, mới hơn phiên bản {known} mà hệ thống này đọc được.",
        "Nâng cấp hệ thống, hoặc xuất lại tệp ở phiên bản cũ hơn.",
    ),
} | TEXT_WORDINGS
WORDINGS |= DOCUMENT_WORDINGS | PICTURE_WORDINGS


def problem(code: str, place: str, number: str | None = None, **values: object) -> Problem:
    """The problem `code` at `place`, its words filled with `values` (and `number`)."""
    wording = WORDINGS[code]
    values.setdefault("number", number or "?")
    return Problem(
        severity=wording.severity,
        code=code,
        place=place,
        number=number,
        message=wording.message.format(**values),
        mend=wording.mend.format(**values),
        values=tuple((name, str(value)) for name, value in values.items()),
    )
