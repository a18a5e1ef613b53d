"""Accounts of people who take part: opened with a proven contact, or by a provider."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from quiz.accounts import hashing, tries
from quiz.accounts.errors import SignInBusy
from quiz.accounts.passwords import MAX_LENGTH, is_common, prepared
from quiz.accounts.throttle import ACCOUNT, Patience
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.core.database import is_taken, transaction
from quiz.core.ids import new_id
from quiz.core.names import clean_name
from quiz.core.secrets import Keyring
from quiz.signin import queries
from quiz.signin.contacts import Channel, Contact
from quiz.signin.errors import AccountRefused, PasswordUnfit
from quiz.signin.models import EntrantAccount

# What the account's texts are sealed for; rotation of the data key needs the names too.
CONTACT_PURPOSE, NAME_PURPOSE = "signin.account", "signin.name"
MIN_PASSWORD = 8  # with a second way in by code, and tries that are counted
OIDC = "oidc"
_KEPT_UNUSED = timedelta(days=730)
# A whole village stands behind one address on the evening before the round closes.
_NETWORK = Patience(free=100, first=timedelta(seconds=1), longest=timedelta(seconds=30), most=600)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a provider of identities vouches for."""

    issuer: str
    subject: str
    name: str = ""

    @property
    def text(self) -> str:
        """The issuer's own number of the person, for keyed hashes."""
        return f"{OIDC}:{self.issuer}|{self.subject}"


def check_password(password: str, contact: Contact) -> None:
    """Whether a password can be taken for an account. Raises PasswordUnfit."""
    text = prepared(password)
    if len(text) < MIN_PASSWORD:
        raise PasswordUnfit("entrant_password_short", least=MIN_PASSWORD)
    if len(text) > MAX_LENGTH:
        raise PasswordUnfit("entrant_password_long", most=MAX_LENGTH)
    own = contact.value.removeprefix("+84") if contact.channel is Channel.PHONE else contact.value
    if is_common(text, own, f"0{own}", own.partition("@")[0]):
        raise PasswordUnfit("entrant_password_common")


def find_for(contact: Contact, keyring: Keyring) -> EntrantAccount | None:
    """The account of a contact. Only who has proven the contact may learn whether there is one."""
    return queries.find_by_login(login_keys(keyring, contact.text))


def set_password(contact: Contact, password: str, *, now: datetime, keyring: Keyring) -> EntrantAccount:
    """Open the account of a proven contact, or give the one that is there another password.

    Then its sessions end. Raises PasswordUnfit, SignInBusy.
    """
    check_password(password, contact)
    try:
        password_hash = hashing.hash_password(password)
    except hashing.TooBusy as error:
        raise SignInBusy("sign_in_busy") from error
    key = _login_key(keyring, contact.text)
    for _attempt in range(2):
        try:
            with transaction() as session:
                account = queries.find_by_login(login_keys(keyring, contact.text))
                done = Action.ACCOUNT_PASSWORD_SET if account else Action.ACCOUNT_OPENED
                if account is None:
                    account = _new_account(contact.channel.value, key, now=now)
                    session.add(account)
                else:
                    account.version += 1
                _note(done, account, now)
                account.contact_cipher = keyring.encrypt(CONTACT_PURPOSE, contact.value, str(account.id))
                account.password_hash, account.seen_at = password_hash, now
            return account
        except IntegrityError as error:
            if not is_taken(error, "login_key"):
                raise
    raise AccountRefused("account_refused")


def sign_in(
    contact: Contact, password: str, *, network: str, now: datetime, keyring: Keyring
) -> EntrantAccount:
    """The account of a contact and its password. Raises AccountRefused, TooManyTries, SignInBusy.

    Where there is no account it takes as long as with a wrong password, and tries count as well.
    """
    key = _login_key(keyring, contact.text)
    this_try = tries.reserve(
        (
            (f"eu:{key}", ACCOUNT),
            ("en:" + keyring.blind_index("entrant sign-in network", network), _NETWORK),
        ),
        now,
    )
    account = queries.find_by_login(login_keys(keyring, contact.text))
    try:
        matches = hashing.verify_password(account.password_hash if account else None, password)
        renewed = hashing.hash_password(password) if matches and _is_outdated(account) else None
    except hashing.TooBusy as error:
        tries.give_back(this_try)
        raise SignInBusy("sign_in_busy") from error
    if account is None or not matches:
        raise AccountRefused("account_refused")
    with transaction():
        tries.forgive(this_try)
        account.password_hash = renewed or account.password_hash
        account.seen_at = now
        _note(Action.ACCOUNT_SIGNED_IN, account, now)
    return account


def enter_by_provider(subject: Subject, *, now: datetime, keyring: Keyring) -> EntrantAccount:
    """The account of a person whom the provider vouches for, opened at the first time."""
    key = _login_key(keyring, subject.text)
    name = clean_name(subject.name)
    for _attempt in range(2):
        try:
            with transaction() as session:
                account = queries.find_by_login(login_keys(keyring, subject.text))
                done = Action.ACCOUNT_SIGNED_IN if account else Action.ACCOUNT_OPENED
                if account is None:
                    account = _new_account(OIDC, key, now=now)
                    session.add(account)
                _note(done, account, now)
                account.seen_at = now
                account.name_cipher = keyring.encrypt(NAME_PURPOSE, name, str(account.id)) if name else None
            return account
        except IntegrityError as error:
            if not is_taken(error, "login_key"):
                raise
    raise AccountRefused("account_refused")


def note_visit(account: EntrantAccount, *, now: datetime) -> None:
    """The owner came in with a code, without the password."""
    with transaction():
        account.seen_at = now
        _note(Action.ACCOUNT_SIGNED_IN, account, now)


def end_sessions(account: EntrantAccount, *, now: datetime) -> None:
    """Sign the account out on every device."""
    with transaction():
        account.version += 1
        _note(Action.ACCOUNT_SIGNED_OUT, account, now)


def close(account: EntrantAccount, *, now: datetime) -> None:
    """Forget what can be read of an account and sign it out everywhere.

    The keyed hash stays until `forget_unused`: whoever opens the account anew comes back to the same entries.
    """
    with transaction():
        account.contact_cipher = account.name_cipher = account.password_hash = None
        account.version += 1
        _note(Action.ACCOUNT_CLOSED, account, now)


def forget_unused(*, now: datetime) -> int:
    """What housekeeping does: accounts go that nobody has used for two years; how many went."""
    with transaction() as session:
        gone = session.execute(delete(EntrantAccount).where(EntrantAccount.seen_at < now - _KEPT_UNUSED))
    return int(getattr(gone, "rowcount", 0))


def contact_of(account: EntrantAccount, keyring: Keyring) -> Contact | None:
    """The contact that the account was opened with; an account by a provider has none."""
    if account.contact_cipher is None:
        return None
    value = keyring.decrypt(CONTACT_PURPOSE, account.contact_cipher, str(account.id))
    return Contact(Channel(account.kind), value)


def name_of(account: EntrantAccount, keyring: Keyring) -> str:
    """The name that the provider gave, or ""."""
    if account.name_cipher is None:
        return ""
    return keyring.decrypt(NAME_PURPOSE, account.name_cipher, str(account.id))


def _note(action: Action, account: EntrantAccount, now: datetime) -> None:
    """One line by the account's number: nothing of whose it is."""
    record(action, f"account {account.id}", actor=Actor.entrant(account.id), now=now, kind=account.kind)


def _is_outdated(account: EntrantAccount | None) -> bool:
    return bool(account and account.password_hash and hashing.is_outdated(account.password_hash))


def _new_account(kind: str, key: str, *, now: datetime) -> EntrantAccount:
    return EntrantAccount(id=new_id(), kind=kind, login_key=key, version=1, created_at=now, seen_at=now)


def login_keys(keyring: Keyring, text: str) -> tuple[str, ...]:
    """What a stored account may hold of a contact or subject, under every known key, the newest first."""
    return keyring.blind_indexes("signin.login", text)


def _login_key(keyring: Keyring, text: str) -> str:
    return keyring.blind_index("signin.login", text)
