"""The provider of identities (OpenID Connect): named by the settings, spoken to through Authlib.

PKCE, state and nonce are Authlib's; they lie in the signed session between leaving and coming back.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, session
from werkzeug.wrappers import Response

from quiz.core.errors import DomainError
from quiz.core.settings import Settings, UnsafeSettings
from quiz.signin.accounts import Subject

_LOCAL = {"localhost", "127.0.0.1", "::1"}
_PATIENCE = 10


class ProviderFailed(DomainError):
    """The provider was not reached, or what it says does not hold. Codes: provider_away, provider_refused."""

    status = 502


@dataclass(frozen=True, slots=True)
class Provider:
    """What the settings say."""

    name: str
    issuer: str
    client_id: str
    client_secret: str


def read_provider(settings: Settings) -> Provider | None:
    """The provider of the settings, or None. Raises UnsafeSettings."""
    source = settings.source
    issuer = source.get("QUIZ_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    parts = urlsplit(issuer)
    problems = []
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        problems.append("QUIZ_OIDC_ISSUER is the provider's https address, e.g. https://sso.example.vn")
    if not source.get("QUIZ_OIDC_CLIENT_ID"):
        problems.append("QUIZ_OIDC_CLIENT_ID is missing; the provider gives it out")
    if problems:
        raise UnsafeSettings(problems)
    return Provider(
        name=source.get("QUIZ_OIDC_NAME", "").strip() or parts.hostname or issuer,
        issuer=issuer,
        client_id=source["QUIZ_OIDC_CLIENT_ID"],
        client_secret=source.get("QUIZ_OIDC_CLIENT_SECRET", ""),
    )


def init_app(app: Flask) -> None:
    """Register the provider, if the settings name one."""
    provider = read_provider(app.config["SETTINGS"])
    app.extensions["provider"] = provider
    if provider is not None:
        _register(app, provider)


def _register(app: Flask, provider: Provider) -> None:
    from authlib.integrations.flask_client import OAuth

    OAuth(app).register(
        "provider",
        client_id=provider.client_id,
        client_secret=provider.client_secret or None,
        server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "timeout": _PATIENCE,
            "token_endpoint_auth_method": "client_secret_basic" if provider.client_secret else "none",
        },
    )


def provider() -> Provider | None:
    """The provider of this installation, or None."""
    made: Provider | None = current_app.extensions["provider"]
    return made


def leave(return_url: str) -> Response:
    """Send the browser to the provider. Raises ProviderFailed.

    One way out at a time: what earlier ones left would make the cookie too large for browsers to keep.
    """
    import requests
    from authlib.common.errors import AuthlibBaseError

    for key in [key for key in session if key.startswith("_state_provider_")]:
        session.pop(key)
    try:
        made: Response = _client().authorize_redirect(return_url)
    except (AuthlibBaseError, requests.RequestException, RuntimeError, ValueError) as error:
        raise ProviderFailed("provider_away") from error
    return made


def come_back(made: Provider) -> Subject:
    """Whom the provider vouches for; state, PKCE, signature, issuer, audience, nonce and time are checked.

    Raises ProviderFailed.
    """
    import requests
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError

    try:
        token = _client().authorize_access_token(
            claims_options={
                "iss": {"essential": True, "value": made.issuer},
                "sub": {"essential": True},
                "aud": {"essential": True, "value": made.client_id},
            }
        )
    except requests.RequestException as error:
        raise ProviderFailed("provider_away") from error
    except (AuthlibBaseError, JoseError, RuntimeError, ValueError, KeyError) as error:
        raise ProviderFailed("provider_refused") from error
    claims = token.get("userinfo") or {}
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or len(subject) > 255:
        raise ProviderFailed("provider_refused")
    name = claims.get("name")
    return Subject(made.issuer, subject, name[:80] if isinstance(name, str) else "")


def _client() -> Any:
    return current_app.extensions["authlib.integrations.flask_client"].provider
