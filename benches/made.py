"""Question files of any size: `python -m benches.made xlsx 10000 FILE`.

Wordings are put together from lists, so that many share most of their words: comparing them is real work.
One in fifty is a near-duplicate of an earlier one.
"""

import argparse
from pathlib import Path

from question_bank.values import Choice, Kind, Question
from question_bank.writers import find_writer

_KINDS = (
    "xã",
    "phường",
    "hợp tác xã",
    "tổ dân phố",
    "trường",
    "câu lạc bộ",
    "đội văn nghệ",
    "chi đoàn",
    "bản",
)
_NAMES = ("Mường Bon", "Nà Sản", "Chiềng Lao", "Tân Phong", "Hồng Ngài", "Phiêng Khoài", "Suối Tọ", "Nậm Păm")
_DEEDS = (
    "trồng mới rừng phòng hộ ven suối", "khánh thành nhà văn hóa", "tổ chức ngày hội đọc sách",
    "ra mắt tổ tự quản bảo vệ môi trường", "hoàn thành đường vào khu sản xuất", "mở lớp dạy nghề dệt thổ cẩm",
    "đưa nước sạch về từng hộ", "vận động hiến đất làm đường", "tổng kết phong trào thi đua",
)  # fmt: skip
_ASKED = (
    "vào ngày nào", "trong thời gian nào", "với sự tham gia của bao nhiêu hộ", "tại địa điểm nào",
    "theo nghị quyết nào của chi bộ", "nhân dịp kỷ niệm sự kiện nào",
)  # fmt: skip
_LEVELS = ("Nhận biết", "Thông hiểu", "Vận dụng")


def made(count: int) -> list[Question]:
    """That many different questions, always the same ones."""
    return [_question(number) for number in range(1, count + 1)]


def _question(number: int) -> Question:
    seed = number - 7 if number % 50 == 0 and number > 50 else number
    kind, name = _KINDS[seed % len(_KINDS)], _NAMES[seed // 9 % len(_NAMES)]
    deed, asked = _DEEDS[seed // 72 % len(_DEEDS)], _ASKED[seed // 648 % len(_ASKED)]
    opening = "Theo báo cáo, " if seed != number else ""
    base = 1900 + seed * 37 % 20_000
    return Question(
        number=str(number),
        place=f"item {number}",
        kind=Kind.SINGLE,
        text=f"{opening}{kind} {name} số {seed} {deed} {asked}?",
        choices=tuple(
            Choice(f"Phương án {base + step} thuộc {_NAMES[(seed + step) % len(_NAMES)]}")
            for step in range(4)
        ),
        correct=(seed % 4,),
        key_from="column",
        topic=f"Chủ đề {seed % 20 + 1}",
        level=_LEVELS[seed % 3],
        source=f"Báo cáo số {seed % 97} của {kind} {name}",
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format")
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    wanted = parser.parse_args()
    writer = find_writer(wanted.format)
    if writer is None:
        parser.error(f"no writer {wanted.format}")
    wanted.file.write_bytes(writer.write(made(wanted.count)))
