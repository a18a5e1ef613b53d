"""Forms of the page of webhooks."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from quiz.hooks.events import ROUND_EVENTS, HookEvent
from quiz.hooks.guard import MAX_ADDRESS
from quiz.hooks.labels import EVENTS
from quiz.web.forms import BaseForm, choices


class EventsForm(BaseForm):
    """Which events an address is told."""

    events = SelectMultipleField(
        _l("Báo khi"),
        [InputRequired(_l("chọn ít nhất một tin."))],
        choices=choices(EVENTS, ROUND_EVENTS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def chosen(self) -> Sequence[HookEvent]:
        """The events with a tick."""
        return [HookEvent(value) for value in self.events.data or ()]


class HookForm(EventsForm):
    """A new address."""

    address = StringField(
        _l("Địa chỉ nhận tin"),
        [
            InputRequired(_l("chưa nhập địa chỉ.")),
            Length(max=MAX_ADDRESS, message=_l("dài quá 300 ký tự.")),
        ],
    )
