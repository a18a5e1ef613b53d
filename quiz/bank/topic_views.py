"""/manage/banks/<slug>/topics: the tree of topics, and how a bank is used (/settings)."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from quiz.accounts.permissions import Permission
from quiz.bank import topics as service
from quiz.bank.admin import bank_or_404, bp
from quiz.bank.banks import MAX_TITLE, change_bank
from quiz.bank.errors import BankInvalid, TopicInvalid
from quiz.bank.models import Bank
from quiz.bank.topic_queries import list_topics
from quiz.core import clock
from quiz.core.errors import Invalid
from quiz.web.forms import BaseForm
from quiz.web.guards import needs, staff_actor
from quiz.web.labels import domain_message

_MAY = Permission.MANAGE_BANKS


class TopicForm(BaseForm):
    """One change of the tree: `do` is the button that was pressed, `other` another topic."""

    do = HiddenField()
    topic = HiddenField()
    name = StringField(_l("Tên chủ đề"))
    other = StringField()


class BankSettingsForm(BaseForm):
    """How a bank is called and used."""

    title = StringField(
        _l("Tên ngân hàng"),
        [
            InputRequired(_l("chưa nhập tên ngân hàng.")),
            Length(max=MAX_TITLE, message=_l("tên dài quá %(max)d ký tự.")),
        ],
    )
    own_approval = BooleanField(_l("Người soạn được tự duyệt câu của mình"))


@bp.get("/<slug>/topics")
@needs(Permission.SEE_BANKS)
def topics(slug: str) -> str:
    """The tree with its counts."""
    return _topics_page(bank_or_404(slug), TopicForm(formdata=None))


@bp.post("/<slug>/topics")
@needs(_MAY)
def change_topics(slug: str) -> Response | tuple[str, int]:
    """Change the tree in one way."""
    bank, form = bank_or_404(slug), TopicForm()
    try:
        flash(_change(bank, form), "success")
    except TopicInvalid as error:
        return _topics_page(bank, form, domain_message(error)), error.status
    return redirect(url_for(".topics", slug=slug), code=303)


@bp.route("/<slug>/settings", methods=["GET", "POST"])
@needs(_MAY)
def settings(slug: str) -> Response | str | tuple[str, int]:
    """The bank's title, and whether people may approve their own work."""
    bank, form = bank_or_404(slug), BankSettingsForm()
    if not form.is_submitted():
        form.title.data, form.own_approval.data = bank.title, bank.own_approval
        return render_template("bank/settings.html", bank=bank, form=form)
    if not form.validate():
        return render_template("bank/settings.html", bank=bank, form=form), 422
    try:
        change_bank(
            bank.id,
            title=form.title.data or "",
            own_approval=bool(form.own_approval.data),
            actor=staff_actor(),
            now=clock.now(),
        )
    except BankInvalid as error:
        form.title.errors = [domain_message(error)]
        return render_template("bank/settings.html", bank=bank, form=form), error.status
    flash(_("Đã lưu thiết lập của ngân hàng."), "success")
    return redirect(url_for(".bank", slug=slug), code=303)


def _change(bank: Bank, form: TopicForm) -> str:
    """Do what the button says; what to tell. Raises TopicInvalid, Invalid for another button."""
    topic, name, other = form.topic.data or "", form.name.data or "", form.other.data or ""
    actor, now = staff_actor(), clock.now()
    match form.do.data:
        case "add":
            service.add_topic(bank.id, name, other, actor=actor, now=now)
            return str(_("Đã thêm chủ đề “%(name)s”.", name=name))
        case "rename":
            count = service.rename_topic(bank.id, topic, name, actor=actor, now=now)
            return str(_("Đã đổi tên thành “%(name)s”.", name=name) + _relabelled(count))
        case "merge":
            count = service.merge_topics(bank.id, topic, other, actor=actor, now=now)
            return str(
                _("Đã gộp “%(topic)s” vào “%(other)s”.", topic=topic, other=other) + _relabelled(count)
            )
        case "move":
            service.move_topic(bank.id, topic, other, actor=actor, now=now)
            return str(_("Đã chuyển chủ đề “%(name)s”.", name=topic))
        case "up" | "down":
            service.order_topic(bank.id, topic, -1 if form.do.data == "up" else 1, actor=actor, now=now)
            return str(_("Đã đổi thứ tự chủ đề “%(name)s”.", name=topic))
        case "delete":
            service.delete_topic(bank.id, topic, actor=actor, now=now)
            return str(_("Đã xóa chủ đề “%(name)s”.", name=topic))
    raise Invalid("topic_step")


def _relabelled(count: int) -> str:
    if not count:
        return ""
    return " " + str(ngettext("%(num)s bản câu hỏi đổi theo.", "%(num)s bản câu hỏi đổi theo.", count))


def _topics_page(bank: Bank, form: TopicForm, problem: str = "") -> str:
    lines, unnamed = list_topics(bank.id)
    return render_template(
        "bank/topics.html",
        bank=bank,
        lines=lines,
        unnamed=unnamed,
        form=form,
        problem=problem,
        may_manage=current_user.can(_MAY),
    )
