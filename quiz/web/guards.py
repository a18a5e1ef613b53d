"""Loading is checking: who may see what, in front of views."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from quiz.accounts.permissions import Permission
from quiz.audit.actors import Actor
from quiz.core.secrets import Keyring

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


def needs(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R | Response]]:
    """Staff with the permission only: the sign-in page for the unknown, 403 for the known without it."""

    def decorate(view: Callable[P, R]) -> Callable[P, R | Response]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
            if not current_user.is_authenticated:
                return _sign_in_first()
            if current_user.password_given:
                return redirect(url_for("accounts.account"), code=303)
            if lacks_second_step():
                return redirect(url_for("accounts.second_step"), code=303)
            if not current_user.can(permission):
                log.warning(
                    "refused %s: staff %s is %s and may not %s",
                    *(request.endpoint, current_user.id, current_user.role, permission.value),
                )
                abort(403)
            return view(*args, **kwargs)

        guarded.needs_permission = permission  # type: ignore[attr-defined]  # read by the access ladder tests
        return guarded

    return decorate


def signed_in(view: Callable[P, R]) -> Callable[P, R | Response]:
    """Any member of staff: the sign-in page for everybody else."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        return view(*args, **kwargs) if current_user.is_authenticated else _sign_in_first()

    return guarded


def _sign_in_first() -> Response:
    back = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.login", next=back), code=303)


def needs_second_step() -> bool:
    """Whether this installation asks the signed-in person's role for a second step of signing in."""
    roles: frozenset[str] = current_app.config["SETTINGS"].two_step_roles
    return current_user.role in roles


def lacks_second_step() -> bool:
    """Whether the signed-in person has to set the second step up before anything else."""
    return needs_second_step() and current_user.totp_cipher is None


def staff_actor() -> Actor:
    """The signed-in member of staff as the audit log names them."""
    return Actor.staff(current_user.id, current_user.name)


def starts_per_second() -> float:
    """How many attempts a second may begin in this deployment; 0: no limit."""
    rate: float = current_app.config["SETTINGS"].starts_per_second
    return rate


def start_spacing() -> timedelta:
    """How long after the start of an attempt the same person may start the next one."""
    return timedelta(seconds=current_app.config["SETTINGS"].limits.start_spacing)


def keyring() -> Keyring:
    """The installation's keys."""
    ring: Keyring = current_app.extensions["keyring"]
    return ring
