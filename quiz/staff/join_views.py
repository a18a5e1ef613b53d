"""/join/<token>: an invited person chooses a password."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from quiz.accounts import invitations
from quiz.accounts.errors import AccountInvalid, SignInBusy
from quiz.accounts.hashing import TooBusy
from quiz.accounts.models import Invitation
from quiz.accounts.permissions import Role
from quiz.core import clock
from quiz.limits.deeds import Deed
from quiz.staff.forms import JoinForm
from quiz.staff.views import bp
from quiz.web.desk import ROLES
from quiz.web.labels import domain_message
from quiz.web.limiting import limited

_LONGEST = 100


@bp.get("/join/<token>")
def join(token: str) -> str:
    """Who is invited to what, and the form for the password."""
    return _page(_invitation(token), JoinForm(formdata=None), token)


@bp.post("/join/<token>")
@limited(Deed.LOGIN)
def accept_invitation(token: str) -> Response | tuple[str, int]:
    """Make the account; the person signs in with it."""
    invitation = _invitation(token)
    form = JoinForm()
    if not form.validate():
        return _page(invitation, form, token), 422
    try:
        invitations.accept(token, form.new.data, now=clock.now())
    except AccountInvalid as error:
        form.new.errors = [domain_message(error)]
        return _page(invitation, form, token), 422
    except TooBusy as error:
        raise SignInBusy("sign_in_busy") from error
    flash(_("Đã lập tài khoản. Đăng nhập bằng mật khẩu vừa đặt."), "success")
    return redirect(url_for(".login"), code=303)


def _invitation(token: str) -> Invitation:
    return invitations.open_invitation(token[:_LONGEST], now=clock.now())


def _page(invitation: Invitation, form: JoinForm, token: str) -> str:
    return render_template(
        "staff/join.html",
        invitation=invitation,
        form=form,
        token=token,
        role_words=ROLES[Role(invitation.role)],
    )
