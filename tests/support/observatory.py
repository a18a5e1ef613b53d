"""The header grade of one response, on the scale of MDN's HTTP Observatory (version 1.6.3): 100 is A+.

Start at 100; penalties always count, bonuses only where the base is 90 or more.
"""

import re
from collections.abc import Mapping

from werkzeug.test import TestResponse

_YEAR = 31536000
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}


def points(reply: TestResponse) -> dict[str, int]:
    """Every penalty and bonus of the response, by name."""
    policy = _policy(reply.headers.get("Content-Security-Policy", ""))
    found = {**_penalties(reply, policy), **_bonuses(reply, policy)}
    return {name: value for name, value in found.items() if value}


def score(reply: TestResponse) -> int:
    """The grade in points."""
    found = points(reply)
    base = 100 + sum(value for value in found.values() if value < 0)
    return base + (sum(value for value in found.values() if value > 0) if base >= 90 else 0)


def _penalties(reply: TestResponse, policy: Mapping[str, set[str]]) -> dict[str, int]:
    headers, cookies = reply.headers, reply.headers.getlist("Set-Cookie")
    scripts = policy.get("script-src", policy.get("default-src", set()))
    age = re.search(r"max-age=(\d+)", headers.get("Strict-Transport-Security", ""))
    attributes = [{part.strip().lower() for part in cookie.split(";")} for cookie in cookies]
    return {
        "no policy": -25 if not policy else 0,
        "unsafe-inline script": -20 if {"'unsafe-inline'", "data:"} & scripts else 0,
        "unsafe-eval": -10 if "'unsafe-eval'" in scripts else 0,
        "no HSTS": -20 if age is None or int(age[1]) < _YEAR // 2 else 0,
        "cookie without Secure": -40 if any("secure" not in one for one in attributes) else 0,
        "cookie without HttpOnly": -30 if any("httponly" not in one for one in attributes) else 0,
        "CORS for all": -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0,
        "no nosniff": -5 if headers.get("X-Content-Type-Options") != "nosniff" else 0,
        "may be framed": -20
        if headers.get("X-Frame-Options") not in ("DENY", "SAMEORIGIN") and "frame-ancestors" not in policy
        else 0,
        "foreign scripts without integrity": -50 if _has_foreign_scripts(reply) else 0,
    }


def _bonuses(reply: TestResponse, policy: Mapping[str, set[str]]) -> dict[str, int]:
    headers, cookies = reply.headers, reply.headers.getlist("Set-Cookie")
    unsafe = any("'unsafe" in source for sources in policy.values() for source in sources)
    strict = bool(policy) and not unsafe and "form-action" in policy and "base-uri" in policy
    lower = [cookie.lower() for cookie in cookies]
    return {
        "policy": (10 if policy.get("default-src") == {"'none'"} else 5) if strict else 0,
        "cookies": 5 if lower and all("samesite" in one and "secure" in one for one in lower) else 0,
        "referrer": 5 if headers.get("Referrer-Policy") in _PRIVATE else 0,
        "frame-ancestors": 5 if policy.get("frame-ancestors") else 0,
        "CORP": 10 if headers.get("Cross-Origin-Resource-Policy") in ("same-origin", "same-site") else 0,
        "COOP": 10 if headers.get("Cross-Origin-Opener-Policy") == "same-origin" else 0,
        "COEP": 10 if headers.get("Cross-Origin-Embedder-Policy") == "require-corp" else 0,
    }


def _policy(text: str) -> dict[str, set[str]]:
    parts = [part.split() for part in text.split(";") if part.strip()]
    return {name.lower(): set(sources) for name, *sources in parts}


def _has_foreign_scripts(reply: TestResponse) -> bool:
    if "html" not in reply.headers.get("Content-Type", ""):
        return False
    found = re.findall(r"<script[^>]*\bsrc=\"([^\"]+)\"[^>]*>", reply.get_data(as_text=True))
    return any(not address.startswith("/") or address.startswith("//") for address in found)
