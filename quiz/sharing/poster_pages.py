"""The sheet of A5 as a file to print: the same words as its page."""

from flask import get_template_attribute
from flask_babel import gettext as _
from markupsafe import Markup

from quiz.awards.typesetting import pdf_of, qr_rows
from quiz.contests.models import Contest, ContestUnit
from quiz.sharing.pages import Poster
from quiz.sharing.showing import entrance_of


def poster_pdf(contest: Contest, unit: ContestUnit | None, page: Poster, language: str) -> bytes:
    """The poster as PDF."""
    done = _("Quét mã để xem kết quả")
    invitation = done if page.is_over else _("Quét mã bằng máy ảnh hoặc Zalo để vào thi")
    lines = []
    if page.round is not None:
        lines.append(f"{page.round.name}: {_plain('window', page.round)}")
        lines.append(_plain("paper", page.round))
    if hotline := contest.settings.hotline:
        lines.append(f"{_('Hỗ trợ:')} {hotline}")
    lines.append(_("Không thu phí. Ban Tổ chức không hỏi mật khẩu, mã OTP, ảnh giấy tờ."))
    data = {
        "title": page.title,
        "organiser": page.organiser,
        "unit": page.unit,
        "qr": qr_rows(entrance_of(contest, unit)),
        "invitation": invitation,
        "address": page.address,
        "lines": lines,
        "language": language,
    }
    return pdf_of("poster.typ", data)


def _plain(macro: str, value: object) -> str:
    """What a macro of words says, without its marks."""
    words: Markup = get_template_attribute("components/words.html", macro)(value)
    return words.striptags()
