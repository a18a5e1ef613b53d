"""Settings from the environment, with safe defaults and a clear refusal of unsafe production ones."""

import math
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from quiz.core.limit_settings import LimitSettings, limit_problems, read_limits
from quiz.core.seeing_settings import SeeingSettings, read_seeing

ROOT = Path(__file__).resolve().parents[2]
# Who does long jobs: `flask work` beside the server, the same as a service of its own, housekeeping, or (in
# tests) the request that asked for the job.
WORKERS = ("beside", "separate", "none", "at-once")
# Roles of staff, as quiz.accounts knows them: who of them has to sign in with a second step.
ROLES = ("owner", "organiser", "editor", "reviewer", "unit_viewer", "auditor")
_MIN_KEY = 32
_MOST_STARTS = 10_000
_STARTS_PER_CORE = 10  # half of what a core could begin if it did nothing else; the saves need the rest
# What frame-ancestors may hold; anything else could end the policy and begin another.
_SITE = re.compile(r"\*|'none'|'self'|https?://(\*\.)?[A-Za-z0-9.-]+(:[0-9]{1,5})?")
_FROM_FILES = (
    "QUIZ_SECRET_KEY",
    "QUIZ_DATA_KEY",
    "QUIZ_DATA_KEYS_OLD",
    "DATABASE_URL",
    "QUIZ_SMTP_URL",
    "QUIZ_WEBHOOK_TOKEN",
    "QUIZ_OIDC_CLIENT_SECRET",
    "QUIZ_METRICS_TOKEN",
)
_KNOWN_WEAK = {"secret", "changeme", "change-me", "dev", "development", "default"}


class UnsafeSettings(Exception):
    """The server must not start like this; `problems` says what and how to mend it, a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("unsafe settings:\n  - " + "\n  - ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    env: str
    secret_key: str
    data_key: str
    database_url: str
    var: Path
    older_data_keys: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    proxies: int = 0
    https: bool = False
    debug: bool = False
    worker: str = "separate"
    starts_per_second: float = 0.0
    two_step_roles: frozenset[str] = frozenset()
    limits: LimitSettings = field(default_factory=LimitSettings)
    seeing: SeeingSettings = field(default_factory=SeeingSettings)
    embed_sites: tuple[str, ...] = ("*",)
    backup_recipients: tuple[str, ...] = ()
    offline: bool = True
    site_name: str = "Tìm Hiểu"
    site_place: str = ""
    source: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def is_production(self) -> bool:
        """True where real people take part."""
        return self.env == "production"

    @property
    def site_address(self) -> str:
        """Where people reach this installation, as far as the settings say; no slash at its end."""
        scheme = "https" if self.https else "http"
        return f"{scheme}://{self.hosts[0] if self.hosts else '127.0.0.1:8000'}"

    @property
    def is_sqlite(self) -> bool:
        """True on the embedded database."""
        return self.database_url.startswith("sqlite")


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment. Raises UnsafeSettings when production would start with unsafe ones."""
    source = _with_files(dict(os.environ if environ is None else environ))
    env = source.get("QUIZ_ENV", "development")
    var = Path(source.get("QUIZ_VAR", ROOT / "var"))
    own_keys = env != "production"
    settings = Settings(
        env=env,
        secret_key=source.get("QUIZ_SECRET_KEY") or (_kept_key(var, "secret") if own_keys else ""),
        data_key=source.get("QUIZ_DATA_KEY") or (_kept_key(var, "data") if own_keys else ""),
        database_url=database_url(source.get("DATABASE_URL", ""), var),
        var=var,
        older_data_keys=tuple(key for key in source.get("QUIZ_DATA_KEYS_OLD", "").split(",") if key),
        hosts=tuple(part.strip() for part in source.get("QUIZ_HOSTS", "").split(",") if part.strip()),
        proxies=int(source.get("QUIZ_PROXIES", "0")),
        https=source.get("QUIZ_HTTPS", "1" if env == "production" else "0") == "1",
        debug=source.get("FLASK_DEBUG", "0") not in ("", "0"),
        worker=source.get("QUIZ_WORKER") or ("at-once" if env == "test" else "separate"),
        starts_per_second=_starts_per_second(source, env),
        two_step_roles=_two_step_roles(source, env),
        limits=read_limits(source, env),
        seeing=read_seeing(source, env),
        embed_sites=tuple(source.get("QUIZ_EMBED_SITES", "").split()) or ("*",),
        backup_recipients=tuple(source.get("QUIZ_BACKUP_RECIPIENTS", "").split()),
        offline=source.get("QUIZ_OFFLINE", "1") != "0",
        site_name=source.get("QUIZ_SITE_NAME", "Tìm Hiểu"),
        site_place=source.get("QUIZ_SITE_PLACE", ""),
        source=source,
    )
    problems = _problems(settings)
    if problems:
        raise UnsafeSettings(problems)
    return settings


def _with_files(source: dict[str, str]) -> dict[str, str]:
    """Secrets may come from files, as vaults, systemd and containers hand them over: NAME_FILE for NAME.

    Raises UnsafeSettings where a file cannot be read.
    """
    for name in _FROM_FILES:
        path = source.get(f"{name}_FILE", "")
        if path:
            try:
                source[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise UnsafeSettings(
                    [f"{name}_FILE cannot be read: {path} ({type(error).__name__})"]
                ) from None
    return source


def database_url(given: str, var: Path) -> str:
    """The SQLAlchemy address: psycopg 3 for any PostgreSQL spelling, the embedded file when none is given."""
    if not given:
        return f"sqlite:///{var / 'timhieu.sqlite3'}"
    for scheme in ("postgres://", "postgresql://"):
        if given.startswith(scheme):
            return "postgresql+psycopg://" + given.removeprefix(scheme)
    return given


def _starts_per_second(source: Mapping[str, str], env: str) -> float:
    """How many attempts a second the machine can begin; 0: no limit. NaN stands for what is no number."""
    given = source.get("QUIZ_STARTS_PER_SECOND", "").strip()
    if not given:
        return 0.0 if env == "test" else float(_STARTS_PER_CORE * (os.cpu_count() or 1))
    try:
        return float(given)
    except ValueError:
        return math.nan


def _two_step_roles(source: Mapping[str, str], env: str) -> frozenset[str]:
    """Owners and organisers of a real installation, unless the setting names others or "none"."""
    given = source.get("QUIZ_TWO_STEP", "owner,organiser" if env == "production" else "none")
    return frozenset(part.strip() for part in given.split(",")) - {"", "none"}


def _kept_key(var: Path, name: str) -> str:
    """A random key made once for this development folder; it survives restarts and is never committed."""
    path = var / f"{name}.key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another worker was first; its key counts
    return path.read_text().strip()


def _problems(settings: Settings) -> list[str]:
    if settings.env not in ("development", "production", "test"):
        return [f"QUIZ_ENV is {settings.env!r}; it can be development, production or test"]
    if settings.worker not in WORKERS:
        return [f"QUIZ_WORKER is {settings.worker!r}; it can be {', '.join(WORKERS)}"]
    if not 0 <= settings.starts_per_second <= _MOST_STARTS:
        return [f"QUIZ_STARTS_PER_SECOND can be 0 (no limit) to {_MOST_STARTS}, e.g. 20 or 0.5"]
    if any(len(key) < _MIN_KEY for key in settings.older_data_keys):
        return [
            "QUIZ_DATA_KEYS_OLD holds a key that is too short; it lists former QUIZ_DATA_KEYs, commas between"
        ]
    if not settings.two_step_roles <= set(ROLES):
        return [f"QUIZ_TWO_STEP can name {', '.join(ROLES)}, or be none"]
    if not all(_SITE.fullmatch(site) for site in settings.embed_sites):
        return ["QUIZ_EMBED_SITES names sites with spaces between, e.g. https://xa-a.gov.vn https://*.gov.vn"]
    problems = [*limit_problems(settings.limits), *settings.seeing.problems]
    if not settings.is_production:
        return problems
    for name, value in (("QUIZ_SECRET_KEY", settings.secret_key), ("QUIZ_DATA_KEY", settings.data_key)):
        if len(value) < _MIN_KEY or value.lower() in _KNOWN_WEAK or len(set(value)) < 8:
            problems.append(
                f"{name} is missing or weak; make one with: "
                'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
            )
    if settings.secret_key and settings.secret_key == settings.data_key:
        problems.append("QUIZ_SECRET_KEY and QUIZ_DATA_KEY are the same; they need different values")
    if settings.worker == "at-once":
        problems.append("QUIZ_WORKER is at-once, which is for tests; it can be beside, separate or none")
    if settings.debug:
        problems.append("FLASK_DEBUG is on; unset it")
    if not settings.hosts:
        problems.append("QUIZ_HOSTS is empty; name the public host names, e.g. QUIZ_HOSTS=thi.example.vn")
    if not urlsplit(settings.database_url).scheme:
        problems.append("DATABASE_URL is not an address; e.g. postgresql://user:password@host/name")
    return problems
