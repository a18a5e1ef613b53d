"""The files for installing name what exists: settings, commands, addresses, each other."""

import configparser
import re
import shlex
from pathlib import Path

from quiz.core.settings import ROOT, load_settings
from quiz.web import headers
from tests.support.sources import for_every_file, tracked

DEPLOY, DOC = ROOT / "deploy", ROOT / "docs" / "deploy" / "README.md"
_FILES = [
    *(path for path in tracked() if {DEPLOY, DOC.parent} & set(path.parents)),
    ROOT / "Containerfile",
    ROOT / "compose.yaml",
]
_UNITS = sorted((DEPLOY / "systemd").iterdir())
_SETTING = re.compile(r"\b(?:QUIZ|WEB)_[A-Z][A-Z_]*[A-Z]\b")
_READ = re.compile(r"[\"']((?:QUIZ|WEB)_[A-Z_]+)[\"']")
# What lies in front of the program is installed under these names.
_INSTALLED = re.compile(r"(?<!docs/)\bdeploy/([\w./@-]*\w)")
_FLASK = re.compile(
    r'(?:\bflask|\bflask_of "[^"]+"|\$flask"|--app wsgi) (?:--app wsgi )?([a-z]+(?: [a-z]+)?)'
)


@for_every_file(_FILES)
def test_settings_exist(path):
    sources = [*(ROOT / "quiz").rglob("*.py"), ROOT / "gunicorn.conf.py"]
    read = {name for source in sources for name in _READ.findall(source.read_text(encoding="utf-8"))}
    known = read | {f"{name}_FILE" for name in read}
    assert set(_SETTING.findall(path.read_text(encoding="utf-8"))) <= known


def test_the_settings_as_they_lie_here_start_a_site(tmp_path):
    """Filled in as the document says, read by a shell as timhieu-flask does."""
    lines = [line for line in (DEPLOY / "timhieu.env").read_text(encoding="utf-8").splitlines() if line]
    words = [shlex.split(line) for line in lines if not line.startswith("#")]
    assert all(len(one) == 1 for one in words), "a value with spaces stands in quotes"
    environ = dict(one[0].split("=", 1) for one in words)
    for name in ("QUIZ_SECRET_KEY_FILE", "QUIZ_DATA_KEY_FILE"):
        path = tmp_path / name
        path.write_text(f"{name} abcdefghijklmnopqrstuvwxyz 0123456789")
        environ[name] = str(path)
    settings = load_settings(environ)
    assert settings.is_production
    assert settings.https
    assert settings.proxies == 1
    assert settings.database_url.startswith("postgresql+psycopg:///timhieu")


@for_every_file(_FILES)
def test_commands_exist(path, whole):
    missing = []
    for words in _FLASK.findall(path.read_text(encoding="utf-8")):
        first, *rest = words.split()
        group = whole.cli.commands.get(first)
        inner = getattr(group, "commands", {})
        # db's own commands come from a package: `flask db` answers for them.
        if group is None or (inner and rest and rest[0] not in inner):
            missing.append(words)
    assert not missing


@for_every_file(_UNITS)
def test_units_can_be_read_and_are_kept_in(path):
    unit = configparser.ConfigParser(strict=False, interpolation=None, allow_no_value=False)
    unit.optionxform = str
    unit.read_string(path.read_text(encoding="utf-8"))
    assert unit["Unit"]["Description"].startswith("Tìm Hiểu")
    if path.suffix != ".service":
        return
    service = unit["Service"]
    wanted = {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "CapabilityBoundingSet": "",
        "User": "timhieu",
    }
    assert {name: service.get(name) for name in wanted} == wanted
    program = service["ExecStart"].split()[0]
    assert program.startswith(("/srv/timhieu/%i/.venv/bin/", "/srv/timhieu/current/"))
    own = program.removeprefix("/srv/timhieu/current/")
    assert not own.startswith("deploy/") or (ROOT / own).stat().st_mode & 0o111


def test_each_timer_has_its_service_and_is_in_the_document():
    text = DOC.read_text(encoding="utf-8")
    for path in _UNITS:
        if path.suffix == ".timer":
            assert path.with_suffix(".service").exists()
            assert path.name in text


@for_every_file(_FILES)
def test_files_that_are_named_lie_there(path):
    text = path.read_text(encoding="utf-8")
    assert [name for name in _INSTALLED.findall(text) if not list(DEPLOY.glob(f"{name}*"))] == []
    includes = re.findall(r"include /etc/nginx/(\S+);", text)
    assert [name for name in includes if not (DEPLOY / "nginx" / name).exists()] == []


def test_addresses_in_nginx_lead_somewhere(whole):
    """A location of the program that no view answers would be a rule for nothing."""
    text = (DEPLOY / "nginx" / "timhieu.conf").read_text(encoding="utf-8")
    rules = [str(rule) for rule in whole.url_map.iter_rules()]
    exact = [name for name in re.findall(r"location = (\S+)", text) if not name.startswith("/_down")]
    beginnings = [
        name for name in re.findall(r"location (/\S+) \{", text) if name != "/.well-known/acme-challenge/"
    ]
    assert [name for name in exact if name not in rules and name != "/metrics"] == []
    assert [name for name in beginnings if not any(rule.startswith(name) for rule in rules)] == []


def test_no_limit_stands_before_answers(whole):
    """Every address that takes answers or a paper goes past nginx's limits and its cache."""
    text = (DEPLOY / "nginx" / "timhieu.conf").read_text(encoding="utf-8")
    free = re.search(r"location ~ (\^/attempts\S+) \{(.*?)\}", text, re.DOTALL)
    assert free
    assert "limit" not in free[2]
    assert "cache" not in free[2]
    sent = [
        str(rule).replace("<code>", "ABC-123")
        for rule in whole.url_map.iter_rules()
        if rule.endpoint.startswith("attempts.")
        and "<code>" in str(rule)
        and {"PUT", "POST"} & (rule.methods or set())
    ]
    assert len(sent) >= 3
    assert [address for address in sent if not re.search(free[1], address)] == []


def test_files_have_the_same_headers_from_nginx_as_from_the_program():
    text = (DEPLOY / "nginx" / "timhieu-static.conf").read_text(encoding="utf-8")
    sent = dict(re.findall(r'add_header (\S+) "(.*)" always;', text))
    assert sent == headers.page_headers() | {
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains"
    }


def test_what_the_proxy_must_not_let_through_is_set():
    """QUIZ_PROXIES=1 believes these: each is set by nginx, none is passed on from outside."""
    text = (DEPLOY / "nginx" / "timhieu-proxy.conf").read_text(encoding="utf-8")
    passed = dict(re.findall(r"proxy_set_header (\S+) (\S+);", text))
    assert {name: passed.get(f"X-Forwarded-{name}") for name in ("For", "Proto", "Host")} == {
        "For": "$remote_addr",
        "Proto": "$scheme",
        "Host": "$host",
    }


def test_an_image_has_every_folder_that_the_program_reads():
    """Folders that the sources name below ROOT are copied into it."""
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", text, re.MULTILINE) for name in line.split()}
    named = {
        Path(*re.findall(r'"([^"]+)"', words)[:2])
        for source in (ROOT / "quiz").rglob("*.py")
        for words in re.findall(r'ROOT((?: / "[^"]+")+)', source.read_text(encoding="utf-8"))
    }
    kept = {Path("var")}  # made where it runs
    missing = [path for path in named - kept if not {str(path), *map(str, path.parents)} & copied]
    assert not missing
