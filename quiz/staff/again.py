"""The password once more, before something that only the account's owner may do."""

from flask_login import current_user

from quiz.accounts.errors import AccountInvalid, SignInBusy, TooManyTries
from quiz.accounts.signing_in import knows_password
from quiz.core import clock
from quiz.staff.forms import AgainForm
from quiz.web.guards import keyring
from quiz.web.labels import domain_message


def status_refused(form: AgainForm) -> int | None:
    """None where the password was right; else the status of the page again, with the words at the field."""
    if not form.validate():
        return 422
    try:
        if not knows_password(
            current_user._get_current_object(), form.password.data, now=clock.now(), keyring=keyring()
        ):
            raise AccountInvalid("password_wrong")
    except (TooManyTries, SignInBusy, AccountInvalid) as error:
        form.password.errors = [domain_message(error)]
        return error.status
    return None
