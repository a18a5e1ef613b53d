"""A chosen file in a form."""

import unicodedata

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Field, Form, ValidationError

_MOST = 120


class FileChosen:
    """A file was chosen; what is in it is for its reader to judge."""

    field_flags = {"required": True}  # noqa: RUF012 -- WTForms reads this attribute of validators

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse an empty choice."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError(_l("chưa chọn tệp."))


def given_name(file: FileStorage) -> str:
    """The file's own name, for showing and for its ending: no folders, nothing invisible."""
    base = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c)[0] != "C")
    return visible.strip()[-_MOST:] or str(_("tệp"))
