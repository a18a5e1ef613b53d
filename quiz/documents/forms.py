"""Forms of the documents' pages."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from quiz.documents.models import Document
from quiz.documents.service import Particulars
from quiz.web.files import FileChosen
from quiz.web.forms import BaseForm

_LINE = Length(max=300, message=_l("dài quá 300 ký tự."))


class ParticularsForm(BaseForm):
    """How a document is called and where it comes from."""

    title = StringField(_l("Tên văn bản"), [_LINE])
    issuer = StringField(_l("Cơ quan ban hành"), [_LINE])
    number = StringField(_l("Số, ký hiệu"), [_LINE])
    dated = StringField(_l("Ngày ban hành"), [_LINE])
    link = StringField(
        _l("Địa chỉ bản gốc"),
        [
            Optional(),
            Length(max=2000, message=_l("địa chỉ dài quá 2.000 ký tự.")),
            Regexp(r"https?://[^\s<>\"]+\Z", message=_l("địa chỉ bắt đầu bằng https://, không có dấu cách.")),
        ],
    )

    def particulars(self) -> Particulars:
        """What was typed."""
        return Particulars(
            title=self.title.data or "",
            issuer=self.issuer.data or "",
            number=self.number.data or "",
            dated=self.dated.data or "",
            link=self.link.data or "",
        )


class DocumentFileForm(ParticularsForm):
    """A file and the document that it is."""

    slug = StringField(
        _l("Mã văn bản"),
        [
            InputRequired(_l("chưa nhập mã, ví dụ nghi-quyet-16.")),
            Regexp(
                r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?\Z",
                message=_l("mã chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ nghi-quyet-16."),
            ),
        ],
    )
    file = FileField(_l("Tệp văn bản"), [FileChosen()])


class ConfirmForm(BaseForm):
    """Saving what was shown."""

    seen_edition = StringField("", [Regexp(r"\d{1,6}\Z")])


def filled_form(document: Document) -> ParticularsForm:
    """The form with what the document has."""
    return ParticularsForm(
        formdata=None,
        title=document.title,
        issuer=document.issuer,
        number=document.number,
        dated=document.dated,
        link=document.link,
    )
