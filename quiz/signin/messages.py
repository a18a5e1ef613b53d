"""What is written to people. Pure."""

from dataclasses import dataclass

from quiz.signin.codes import LIFE
from quiz.signin.contacts import Channel

_MINUTES = int(LIFE.total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `code` stands apart for senders that fill in a template of their own."""

    subject: str
    text: str
    code: str


def code_message(channel: Channel, code: str, site: str) -> Message:
    """The message that carries a code.

    A short message is written without marks: with them it would count as two or three.
    """
    if channel is Channel.PHONE:
        text = (
            f"{code} la ma xac nhan thi truc tuyen, dung trong {_MINUTES} phut. "
            "Khong dua ma cho ai, ke ca Ban To chuc."
        )
        return Message("", text, code)
    text = (
        f"Mã xác nhận của bạn trên {site}: {code}\n\n"
        f"Mã dùng được trong {_MINUTES} phút, trên máy đã yêu cầu mã.\n"
        "Không đưa mã cho ai, kể cả người xưng là Ban Tổ chức.\n"
        "Nếu bạn không yêu cầu mã, hãy bỏ qua thư này.\n"
    )
    return Message(f"{code} là mã xác nhận", text, code)
