"""The access ladder of a page of the workspace: who gets in, and what everybody else is told."""

from dataclasses import dataclass

import pytest

from quiz.accounts.permissions import PERMISSIONS, Permission, Role
from tests.support.client import Client
from tests.support.staff import make_staff, sign_in_as


@dataclass(frozen=True)
class Step:
    """An address, how it is asked, and the right that it needs."""

    method: str
    path: str
    permission: Permission
    unknown: str = ""  # the same address for something that does not exist
    works: int = 200


def ladder(*steps: Step) -> pytest.MarkDecorator:
    """Parametrize a test by the steps of one package."""
    return pytest.mark.parametrize("step", steps, ids=[f"{step.method} {step.path}" for step in steps])


def climb(client: Client, step: Step) -> None:
    """Nobody: the sign-in page. Every role without the right: 403. With it: what the step says, or 404."""
    nobody = client.open(step.path, method=step.method)
    assert nobody.status_code == 303
    assert nobody.location.startswith("/login")
    if step.method == "GET":
        assert f"next={step.path.split('?')[0]}" in nobody.location
    for role in Role:
        with client.application.app_context():
            sign_in_as(client, make_staff(role.value.replace("_", "-"), role))
        reply = client.open(step.path, method=step.method)
        if step.permission in PERMISSIONS[role]:
            assert reply.status_code == step.works, (role, reply.get_data(as_text=True)[:2000])
            if step.unknown:
                assert client.open(step.unknown, method=step.method).status_code == 404
        else:
            assert reply.status_code == 403, role
            assert "Cache-Control" in reply.headers
    assert client.open(step.path, method="DELETE").status_code == 405
