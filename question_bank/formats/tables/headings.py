"""Which column means what, by the names that organisers give to columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from question_bank.folding import fold
from question_bank.values import MAX_CHOICES


class Role(StrEnum):
    """What a column holds; the value is what people call it."""

    NUMBER = "STT"
    TOPIC = "Chủ đề"
    LEVEL = "Mức độ"
    KIND = "Loại câu hỏi"
    TEXT = "Câu hỏi"
    CHOICE = "Phương án"
    CHOICES = "Các phương án"
    WRONG = "Đáp án sai"
    KEY = "Đáp án"
    LETTER_KEY = "Đáp án (chữ cái)"
    SOURCE = "Nguồn"
    EXPLANATION = "Giải thích"
    FEEDBACK = "Phản hồi"
    PINNED = "Giữ nguyên vị trí"
    LETTER = "Ký hiệu"
    IGNORED = "Ghi chú"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A role, for choices and their feedback with the 0-based index of the choice."""

    role: Role
    choice: int | None = None
    # Names that fit a column only when no better one is there ("Nội dung" beside "Câu hỏi").
    weak: bool = False


_NAMES: dict[Role, str] = {
    Role.NUMBER: (
        "stt, tt, so tt, so thu tu, thu tu, cau so, so cau, cau, cau hoi so, so cau hoi, ma cau, "
        "ma cau hoi, ma so, id, no, number, question number, question no, question id, order, #"
    ),
    Role.TOPIC: (
        "chu de, chuyen de, chuong, bai, phan, linh vuc, mang kien thuc, mach kien thuc, nhom, nhom cau "
        "hoi, chuong bai, don vi kien thuc, topic, category, subject, section, chapter, tag, tags"
    ),
    Role.LEVEL: "muc do, do kho, cap do, muc do nhan thuc, muc do kho, level, difficulty, difficulty level",
    Role.KIND: (
        "loai, loai cau hoi, loai cau, kieu, kieu cau hoi, dang, dang cau hoi, type, question type, kind"
    ),
    Role.TEXT: (
        "cau hoi, noi dung cau hoi, noi dung cau, de bai, cau dan, phan dan, question, question text, "
        "question content, question title, stem, content, text"
    ),
    Role.CHOICES: (
        "phuong an, cac phuong an, phuong an tra loi, noi dung phuong an, lua chon, cac lua chon, cau "
        "tra loi, tra loi, y tra loi, options, option, choices, choice, answers, noi dung dap an"
    ),
    Role.KEY: (
        "dap an, dap an dung, da, da dung, phuong an dung, lua chon dung, cau tra loi dung, tra loi "
        "dung, dap an chinh xac, key, answer, correct, correct answer, correct answers, correct option, "
        "correct options, correct choice, right answer, answer key, dung, dung sai, la dap an dung, is "
        "correct"
    ),
    Role.LETTER_KEY: "dap an chu cai, correct letter",
    Role.SOURCE: (
        "nguon, can cu, nguon tham khao, nguon trich dan, tai lieu, tai lieu tham khao, trich dan, tham "
        "khao, can cu phap ly, nguon tai lieu, source, sources, reference, references, citation"
    ),
    Role.EXPLANATION: (
        "giai thich, loi giai, giai thich dap an, huong dan giai, huong dan, phan hoi, dien giai, "
        "explanation, answer explanation, rationale, feedback, general feedback, comment"
    ),
    Role.PINNED: "giu nguyen vi tri, khong dao, co dinh, pinned, fixed, keep in place",
    Role.LETTER: "ky hieu, chu cai, letter, label",
    Role.IGNORED: (
        "ghi chu, note, notes, remark, nguoi soan, nguoi ra de, tac gia, author, diem, so diem, points, "
        "score, mark, marks, don vi, ngay, date, thoi gian, time, time limit, "
        "time in seconds, hinh anh, image, image link"
    ),
}
_WEAK_NAMES: dict[Role, str] = {Role.TEXT: "noi dung, title, tieu de, name"}


def _squeezed(name: str) -> str:
    """`correctAnswer`, `Correct answer` and `correct_answer` are the same name."""
    return fold(name).replace(" ", "") or name.strip()


_MEANINGS: dict[str, Meaning] = {
    _squeezed(name): Meaning(role, weak=weak)
    for names, weak in ((_WEAK_NAMES, True), (_NAMES, False))
    for role, listed in names.items()
    for name in listed.split(",")
}
_CHOICE_NAME = re.compile(
    r"^(?P<word>phuongan(?:traloi)?|dapan|luachon|cautraloi|traloi|pa|da|y|option|opt|choice|answer|ans)?"
    r"(?P<mark>[a-h]|[1-8])$"
)
_FEEDBACK_NAME = re.compile(r"^(?:phanhoi|nhanxet|giaithich|feedback)(?P<mark>[a-h]|[1-8])$")
_WRONG_NAME = re.compile(
    r"^(?:(?:dapan|phuongan|cautraloi|luachon)(?:sai|nhieu)|(?:incorrect|wrong)(?:answer|option|choice)?|distractor)"
    r"(?P<mark>[a-h]|[1-8])$"
)
_IN_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def meaning(name: str) -> Meaning | None:
    """What a column of this name holds, or None if the name says nothing."""
    if len(name) > 80:
        return None
    # "Correct answer(s) - choose at least one" is "Correct answer".
    bare = _IN_PARENTHESES.sub(" ", name)
    for candidate in (name, bare, bare.split(" - ")[0]):
        squeezed = _squeezed(candidate)
        if found := _MEANINGS.get(squeezed):
            return found
        for pattern, role in ((_FEEDBACK_NAME, Role.FEEDBACK), (_WRONG_NAME, Role.WRONG)):
            if match := pattern.match(squeezed):
                return Meaning(role, choice_index(match["mark"]))
        match = _CHOICE_NAME.match(squeezed)
        if match and (match["word"] or match["mark"].isalpha()):
            return Meaning(Role.CHOICE, choice_index(match["mark"]))
    return None


def choice_index(mark: str) -> int:
    """`a` and `1` are the first choice."""
    return ord(mark) - (ord("a") if mark.isalpha() else ord("1"))


def expected(roles: tuple[Role, ...]) -> str:
    """The names of roles for a message; the choices are named by their letters."""
    words = {Role.CHOICE: "A, B, C, D"}
    return ", ".join(words.get(role, role.value) for role in roles)


LETTERS = tuple(chr(ord("A") + index) for index in range(MAX_CHOICES))
