"""The words of problems with pictures."""

from __future__ import annotations

from question_bank.wordings import ERROR, WARNING, Wording

PICTURE_WORDINGS: dict[str, Wording] = {
    "picture-kind": Wording(
        ERROR,
        "Câu {number}: hình “{name}” thuộc loại {kind}, loại này không phải máy nào cũng hiện được.",
        "Lưu hình ở dạng PNG hoặc JPEG rồi chèn lại (trong Word: bấm phải vào hình, chọn Lưu dưới dạng ảnh).",
    ),
    "picture-heavy": Wording(
        ERROR,
        "Câu {number}: hình “{name}” nặng {size} MB, vượt giới hạn {limit} MB.",
        "Thu nhỏ hình còn khoảng 1.000 điểm ảnh chiều rộng, lưu ở dạng JPEG rồi chèn lại.",
    ),
    "picture-large": Wording(
        ERROR,
        "Câu {number}: hình “{name}” rộng {width} × {height} điểm ảnh; mỗi chiều nhiều nhất {limit}.",
        "Thu nhỏ hình còn khoảng 1.000 điểm ảnh chiều rộng rồi chèn lại.",
    ),
    "picture-moves": Wording(
        ERROR,
        "Câu {number}: hình “{name}” là hình động.",
        "Hình động làm người đọc mất tập trung và có máy không hiện. Lưu một khung hình ở dạng PNG.",
    ),
    "picture-damaged": Wording(
        ERROR,
        "Câu {number}: hình “{name}” bị hỏng hoặc bị cắt cụt.",
        "Mở hình gốc, lưu lại ở dạng PNG hoặc JPEG rồi chèn lại.",
    ),
    "pictures-many": Wording(
        ERROR,
        "Câu {number} có {count} hình; một câu có nhiều nhất {limit} hình.",
        "Ghép các hình thành một, hoặc tách câu hỏi.",
    ),
    "picture-no-alt": Wording(
        WARNING,
        "Câu {number}: hình “{name}” chưa có mô tả bằng chữ cho người không nhìn thấy hình.",
        "Mô tả hình (văn bản thay thế) trong vài chữ, không để lộ đáp án.",
    ),
    "picture-slow": Wording(
        WARNING,
        "Câu {number}: hình “{name}” nặng {size} KB, máy có mạng chậm phải chờ vài giây.",
        "Nên thu nhỏ còn dưới 150 KB.",
    ),
    "picture-lost": Wording(
        ERROR,
        "Câu {number}: có hình không đọc được (loại {kind}).",
        "Trong Word, lưu hình ở dạng PNG hoặc JPEG rồi chèn lại; công thức dạng hình thì chụp thành ảnh.",
    ),
    "pictures-in-sheet": Wording(
        WARNING,
        "Tệp có {count} hình ảnh chèn trong bảng tính; các hình này không được đọc.",
        "Thêm hình vào từng câu sau khi nhập, hoặc gửi các câu có hình bằng tệp Word.",
    ),
    "picture-missing": Wording(
        ERROR,
        "Câu {number}: không tìm thấy hình “{name}” trong tệp.",
        "Xuất lại kèm hình ảnh, hoặc bỏ hình khỏi câu nếu câu không cần hình.",
    ),
}
