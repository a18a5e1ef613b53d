"""What this browser has asked for and proven: numbers of rows in the signed session, nothing personal."""

from dataclasses import dataclass

from flask import current_app, session

from quiz.contests.definition_entry import Way
from quiz.contests.models import Contest
from quiz.core import clock
from quiz.core.phones import national_form
from quiz.signin import queries, service
from quiz.signin.accounts import OIDC, contact_of, name_of
from quiz.signin.codes import Purpose
from quiz.signin.contacts import Channel, Contact
from quiz.signin.models import CodeRequest, EntrantAccount
from quiz.signin.senders import Senders
from quiz.web.entrants import network
from quiz.web.guards import keyring

_CODE, _ACCOUNT, _TARGET = "code", "account", "target"


@dataclass(frozen=True, slots=True)
class WayIn:
    """How a person may fill in a contest's entry form; `contact` is what a code has proven just now."""

    way: Way
    contact: Contact | None = None
    account: EntrantAccount | None = None

    @property
    def is_proven(self) -> bool:
        """Whether more than the open form is behind it."""
        return self.way is not Way.FORM

    @property
    def shown(self) -> str:
        """What was proven, masked."""
        if self.account is not None:
            contact = contact_of(self.account, keyring())
            return contact.masked if contact else name_of(self.account, keyring())
        return self.contact.masked if self.contact else ""

    @property
    def phone(self) -> str | None:
        """The proven phone."""
        return self._of(Channel.PHONE)

    @property
    def email(self) -> str | None:
        """The proven mail address."""
        return self._of(Channel.EMAIL)

    def _of(self, channel: Channel) -> str | None:
        return self.contact.value if self.contact and self.contact.channel is channel else None


def senders() -> Senders:
    """The installation's senders."""
    made: Senders = current_app.extensions["senders"]
    return made


def channels_for(contest: Contest) -> frozenset[Channel]:
    """Where a contest's codes can go: what its form asks for and the installation has a sender for."""
    return senders().channels & {Channel(name) for name in contest.entry.contacts}


def way_in(contest: Contest) -> WayIn | None:
    """By which of the contest's ways this browser may enter now, the surest first; None: by none yet."""
    ways, account = contest.entry.ways, signed_in_account()
    if account is not None:
        way = Way.OIDC if account.kind == OIDC else Way.ACCOUNT
        if way in ways:
            return WayIn(way, account=account)
    contact = proven(Purpose.ENTRY, contest.id) if Way.CODE in ways else None
    if contact is not None:
        return WayIn(Way.CODE, contact)
    return WayIn(Way.FORM) if Way.FORM in ways else None


def ask_for_code(contact: Contact, purpose: Purpose, contest_id: int | None) -> None:
    """Have a code sent that can be typed in this browser. Raises CodeRefused, CodeNotSent."""
    request_id = service.send_code(
        contact,
        service.Asker(purpose, contest_id, network(), former_request_id()),
        senders=senders(),
        site=current_app.config["SETTINGS"].site_name,
        now=clock.now(),
        keyring=keyring(),
    )
    session[_CODE] = {"id": str(request_id), "for": _for(purpose, contest_id)}
    session.permanent = True


def spend_proof() -> None:
    """What was proven has served: it lets nobody in any more, on a phone that several people share."""
    former = former_request_id()
    if former is not None:
        service.end_request(former, now=clock.now())
        session.pop(_CODE, None)


def request_id_of(purpose: Purpose, contest_id: int | None) -> int | None:
    """The number of the request that this browser made for a purpose, or None."""
    kept = session.get(_CODE)
    return int(kept["id"]) if kept and kept["for"] == _for(purpose, contest_id) else None


def former_request_id() -> int | None:
    """The number of the browser's last request, whatever it was for: a new code replaces it."""
    kept = session.get(_CODE)
    return int(kept["id"]) if kept else None


def request_of(purpose: Purpose, contest_id: int | None) -> CodeRequest | None:
    """The request that this browser made for a purpose, or None."""
    request_id = request_id_of(purpose, contest_id)
    return queries.find_request(request_id) if request_id is not None else None


def asked_contact(purpose: Purpose, contest_id: int | None) -> Contact | None:
    """The contact to which this browser's last code for a purpose went."""
    request = request_of(purpose, contest_id)
    return service.contact_of(request, keyring()) if request is not None else None


def proven(purpose: Purpose, contest_id: int | None) -> Contact | None:
    """The contact that this browser has proven for a purpose, while the proof counts."""
    request = request_of(purpose, contest_id)
    if request is None:
        return None
    return service.proven_contact(request, now=clock.now(), keyring=keyring())


def sign_in_account(account: EntrantAccount) -> None:
    """Let this browser act for the account until it signs out or the account's version changes."""
    session[_ACCOUNT] = {"id": str(account.id), "version": account.version}
    session.permanent = True


def sign_out_account() -> None:
    """This browser acts for no account any more."""
    session.pop(_ACCOUNT, None)


def signed_in_account() -> EntrantAccount | None:
    """The account that this browser acts for, or None."""
    kept = session.get(_ACCOUNT)
    account = queries.find_account(int(kept["id"])) if kept else None
    return account if account is not None and kept and account.version == kept["version"] else None


def known_of(way: WayIn) -> dict[str, str]:
    """What the account behind a way knows of its owner, as the entry form's fields."""
    if way.account is None:
        return {}
    contact, name = contact_of(way.account, keyring()), name_of(way.account, keyring())
    known = {"name": name} if name else {}
    if contact is not None:
        is_phone = contact.channel is Channel.PHONE
        known[contact.channel.value] = national_form(contact.value) if is_phone else contact.value
    return known


def remember_target(target: str) -> None:
    """Where the person was going; the caller has seen that it is an address of this site."""
    session[_TARGET] = target


def take_target() -> str | None:
    """Where the person was going, once."""
    target: str | None = session.pop(_TARGET, None)
    return target


def _for(purpose: Purpose, contest_id: int | None) -> str:
    return f"{purpose.value}:{contest_id or ''}"
