"""Signing in by the provider of identities: out, and back."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.limits.deeds import Deed
from quiz.signin import accounts, browser
from quiz.signin.provider import Provider, ProviderFailed, come_back, leave, provider
from quiz.signin.views import bp
from quiz.web.guards import keyring
from quiz.web.labels import domain_message
from quiz.web.limiting import always, limited
from quiz.web.redirects import safe_next


@bp.get("/me/provider")
def to_provider() -> Response:
    """Leave for the provider. A link and no form: the policy of pages lets forms go to this site only."""
    _provider_or_404()
    if target := safe_next(request.args.get("next")):
        browser.remember_target(target)
    try:
        return leave(url_for(".from_provider", _external=True))
    except ProviderFailed as error:
        return _back_to_gate(error)


@bp.get("/me/provider/return")
@limited(Deed.RESUME, always)
def from_provider() -> Response:
    """Come back from the provider, signed in if everything that it says holds."""
    made = _provider_or_404()
    try:
        subject = come_back(made)
    except ProviderFailed as error:
        return _back_to_gate(error)
    browser.sign_in_account(accounts.enter_by_provider(subject, now=clock.now(), keyring=keyring()))
    return redirect(browser.take_target() or url_for(".account"), code=303)


def _provider_or_404() -> Provider:
    made = provider()
    if made is None:
        raise NotFound("provider")
    return made


def _back_to_gate(error: ProviderFailed) -> Response:
    flash(domain_message(error), "danger")
    return redirect(url_for(".sign_in"), code=303)
