"""Words for the codes of domain errors and for enums that several packages show."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.core.errors import DomainError

_MESSAGES = {
    "not_found": _l("Không tìm thấy nội dung này."),
    "entry_closed": _l("Vòng thi chưa nhận người dự thi."),
}


def domain_message(error: DomainError) -> str:
    """What the error says to people; packages add their own words with `add_messages`."""
    text = _MESSAGES.get(error.code)
    if text is None:
        return _("Việc này chưa làm được.")
    return str(text) % error.params if error.params else str(text)


def add_messages(messages: dict[str, object]) -> None:
    """Register the words for a package's error codes. Values are lazy translations with %(name)s places."""
    for code, text in messages.items():
        if code in _MESSAGES:
            raise ValueError(f"two messages for {code}")
        _MESSAGES[code] = text
