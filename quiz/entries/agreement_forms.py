"""The boxes that nobody ticks for anybody: agreeing to the use of the data, and to being published."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TelField
from wtforms.validators import Length

from quiz.contests.models import Contest
from quiz.core.names import MAX_NAME, clean_name
from quiz.core.phones import PhoneProblem, normalise_phone
from quiz.entries.children import is_child
from quiz.entries.consenting import Agreed
from quiz.entries.labels import consent_words, phone_message
from quiz.entries.representatives import Representative
from quiz.web.forms import BaseForm

REPRESENTATIVE = (
    "representative_name",
    "representative_phone",
    "representative_consent",
    "representative_publish",
)
_TOO_LONG = _l("dài quá; nhiều nhất %(max)d ký tự.")


class AgreementForm(BaseForm):
    """One's own agreement and, for a child, that of father, mother or guardian."""

    consent = BooleanField(_l("Tôi đồng ý để Ban Tổ chức xử lý dữ liệu như trên."))
    may_publish = BooleanField(_l("Nếu đạt giải, tôi đồng ý công bố họ tên và đơn vị."))
    representative_name = StringField(
        _l("Họ và tên cha, mẹ hoặc người giám hộ"), [Length(max=MAX_NAME, message=_TOO_LONG)]
    )
    representative_phone = TelField(
        _l("Số điện thoại của người đại diện"), [Length(max=24, message=_TOO_LONG)]
    )
    representative_consent = BooleanField(
        _l("Tôi là người đại diện, đồng ý cho dự thi và để Ban Tổ chức xử lý dữ liệu như trên.")
    )
    representative_publish = BooleanField(
        _l("Nếu người này đạt giải, tôi là người đại diện đồng ý công bố họ tên và đơn vị.")
    )
    representative: Representative | None = None

    def check_agreement(self, birth_date: date | None, today: date) -> None:
        """Put errors on boxes that have to be ticked, and on what is missing of a child's representative."""
        if not self.consent.data:
            self.consent.errors = [_("cần đồng ý mới có thể dự thi.")]
        if "representative_name" not in self:
            return
        stated = self.representative_name.data or self.representative_phone.data
        if is_child(birth_date, today) or stated:
            self.representative = self._read_representative()

    def agrees_to_publication(self) -> bool:
        """Whether the name may be published: a child's only where both agree."""
        both = self.representative is None or bool(self.representative_publish.data)
        return bool(self.may_publish.data) and both

    def agreed(self, contest: Contest) -> Agreed:
        """What was ticked, with the words above the boxes."""
        return Agreed(consent_words(contest), self.agrees_to_publication(), self.representative)

    def has_representative_errors(self) -> bool:
        """Whether something is wrong in the part for children, which then stands open."""
        return any(self[name].errors for name in REPRESENTATIVE if name in self)

    def leave_out_representative(self) -> None:
        """Where children cannot take part nobody stands for anybody."""
        for name in REPRESENTATIVE:
            del self[name]

    def _read_representative(self) -> Representative | None:
        name = clean_name(self.representative_name.data or "")
        if not name:
            self.representative_name.errors = [
                _("người dưới 16 tuổi cần cha, mẹ hoặc người giám hộ. Nhập họ và tên người đại diện.")
            ]
        try:
            phone = normalise_phone(self.representative_phone.data or "")
        except PhoneProblem as problem:
            self.representative_phone.errors = [phone_message(problem)]
            phone = ""
        if not self.representative_consent.data:
            self.representative_consent.errors = [
                _("người đại diện cần đồng ý thì người dưới 16 tuổi mới có thể dự thi.")
            ]
        return Representative(name, phone) if name and phone and self.representative_consent.data else None
