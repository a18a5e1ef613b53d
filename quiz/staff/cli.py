"""`flask staff`: accounts from the command line."""

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.accounts import invitations, passwords, service, staffing, two_steps
from quiz.accounts.permissions import Role
from quiz.accounts.queries import list_staff
from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.units.queries import find_tree, find_unit
from quiz.web.labels import domain_message

_ACTOR = Actor.system("flask staff")
_ROLES = click.Choice([role.value for role in Role])


@click.group("staff")
def staff() -> None:
    """People who run contests, and units' accounts."""


def _tree_id(tree_slug: str | None, unit_code: str | None) -> int | None:
    if (tree_slug is None) != (unit_code is None):
        raise click.UsageError("--unit and --tree go together")
    if tree_slug is None or unit_code is None:
        return None
    tree = find_tree(tree_slug)
    if tree is None:
        raise click.UsageError(f"there is no tree {tree_slug}")
    if find_unit(tree, unit_code) is None:
        raise click.UsageError(f"the tree {tree_slug} has no unit {unit_code}")
    return tree.id


def _show(username: str, password: str) -> None:
    click.echo(f"username  {username}")
    click.echo(f"password  {password}")
    click.echo(
        "The password is shown only now. Hand it over in person; it has to be replaced at the first sign-in.",
        err=True,
    )


@staff.command("create")
@click.argument("username")
@click.option("--name", required=True, help="The person's or the unit's name.")
@click.option("--role", type=_ROLES, required=True)
@click.option("--unit", help="The unit's code.")
@click.option("--tree", help="The tree of the unit.")
@with_appcontext
def create_command(username: str, name: str, role: str, unit: str | None, tree: str | None) -> None:
    """Make an account and print its password, which is shown this once and never again.

    A unit's account (--role unit_viewer) needs --unit and --tree.

    \b
    Example: flask staff create ha.nguyen --name "Nguyễn Thị Minh Hà" --role organiser
             flask staff create xa-muong-la --name "Xã Mường La" --role unit_viewer --unit 03808 --tree son-la
    """
    tree_id = _tree_id(tree, unit)
    password = passwords.generate()
    try:
        made = service.create_staff(
            username,
            name=name,
            role=Role(role),
            password=password,
            tree_id=tree_id,
            unit_code=unit,
            is_given=True,
            actor=_ACTOR,
            now=clock.now(),
        )
    except DomainError as error:
        raise click.ClickException(domain_message(error)) from error
    _show(made.username, password)


@staff.command("invite")
@click.argument("username")
@click.option("--name", required=True, help="The person's or the unit's name.")
@click.option("--role", type=_ROLES, required=True)
@click.option("--unit", help="The unit's code.")
@click.option("--tree", help="The tree of the unit.")
@click.option(
    "--days", type=click.IntRange(1, invitations.MOST_DAYS), default=invitations.DAYS, show_default=True
)
@with_appcontext
def invite_command(
    username: str, name: str, role: str, unit: str | None, tree: str | None, days: int
) -> None:
    """Print a link by which the person makes the account and chooses the password; it works once.

    Example: flask staff invite ha.nguyen --name "Nguyễn Thị Minh Hà" --role organiser --days 7
    """
    try:
        token = invitations.invite(
            username,
            name=name,
            role=Role(role),
            tree_id=_tree_id(tree, unit),
            unit_code=unit,
            days=days,
            actor=_ACTOR,
            now=clock.now(),
        )
    except DomainError as error:
        raise click.ClickException(domain_message(error)) from error
    click.echo(f"{current_app.config['SETTINGS'].site_address}/join/{token}")
    click.echo(f"The link works once and for {days} days. Send it to the person alone.", err=True)


@staff.command("list")
@with_appcontext
def list_command() -> None:
    """List accounts: username, role, unit, state, last sign-in.

    Example: flask staff list
    """
    for one in list_staff():
        state = "enabled" if one.is_enabled else "disabled"
        last = f"{one.last_login_at:%Y-%m-%d %H:%M} UTC" if one.last_login_at else "never signed in"
        click.echo(
            f"{one.username:<24} {one.role:<12} {one.unit_code or '-':<12} {state:<9} {last:<21} {one.name}"
        )


@staff.command("password")
@click.argument("username")
@with_appcontext
def password_command(username: str) -> None:
    """Give an account a new password and end its sessions.

    Example: flask staff password ha.nguyen
    """
    password = passwords.generate()
    try:
        changed = service.reset_password(username, password, actor=_ACTOR, now=clock.now())
    except DomainError as error:
        raise click.ClickException(f"there is no account {username}") from error
    _show(changed.username, password)


@staff.command("second-step-off")
@click.argument("username")
@click.option("--reason", required=True, help="Why; it stands in the log.")
@with_appcontext
def second_step_off_command(username: str, reason: str) -> None:
    """Take the second step of signing in from somebody who lost phone and recovery codes.

    Example: flask staff second-step-off ha.nguyen --reason "lost her phone, seen in person"
    """
    try:
        changed = two_steps.drop(username, reason, actor=_ACTOR, now=clock.now())
    except DomainError as error:
        raise click.ClickException(f"there is no account {username}") from error
    click.echo(f"{changed.username} signs in with the password alone until a new second step is set up.")


@staff.command("disable")
@click.argument("username")
@with_appcontext
def disable_command(username: str) -> None:
    """Keep an account from signing in, and end its sessions.

    Example: flask staff disable ha.nguyen
    """
    _set_enabled(username, is_enabled=False)


@staff.command("enable")
@click.argument("username")
@with_appcontext
def enable_command(username: str) -> None:
    """Let an account sign in again.

    Example: flask staff enable ha.nguyen
    """
    _set_enabled(username, is_enabled=True)


def _set_enabled(username: str, *, is_enabled: bool) -> None:
    try:
        changed = staffing.set_enabled(username, is_enabled=is_enabled, actor=_ACTOR, now=clock.now())
    except DomainError as error:
        raise click.ClickException(f"there is no account {username}") from error
    click.echo(f"{changed.username} is {'enabled' if is_enabled else 'disabled'}.")
