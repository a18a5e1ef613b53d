"""Keyed hashes for comparing personal data and encryption for the few who may see them.

Both keys come from one secret outside the database (`QUIZ_DATA_KEY`); every purpose has its own derived key.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_VERSION = b"\x01"


class CannotDecrypt(Exception):
    """The ciphertext was made with another key, for another row, or was altered."""


class Keyring:
    """Derives one key per purpose from the installation's data key."""

    def __init__(self, data_key: str) -> None:
        if len(data_key) < 32:
            raise ValueError("the data key has to be at least 32 characters long")
        self._root = data_key.encode()
        self._derive = lru_cache(maxsize=64)(self._derived)

    def blind_index(self, purpose: str, text: str) -> str:
        """HMAC-SHA-256 of `text`, 128 bits as 32 hex digits: equal texts give equal indexes, nothing else."""
        return hmac.new(self._derive(f"index:{purpose}"), text.encode(), hashlib.sha256).hexdigest()[:32]

    def sign(self, purpose: str, text: str) -> bytes:
        """The full 32 bytes of HMAC-SHA-256 of `text` for `purpose`."""
        return hmac.new(self._derive(f"sign:{purpose}"), text.encode(), hashlib.sha256).digest()

    def encrypt(self, purpose: str, text: str, context: str) -> str:
        """AES-256-GCM with a fresh nonce; `context` (table, column, row) is bound to it but not stored."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self._derive(f"seal:{purpose}")).encrypt(nonce, text.encode(), context.encode())
        return base64.urlsafe_b64encode(_VERSION + nonce + sealed).decode()

    def decrypt(self, purpose: str, sealed: str, context: str) -> str:
        """The text given to `encrypt`. Raises CannotDecrypt."""
        raw = base64.urlsafe_b64decode(sealed)
        if raw[:1] != _VERSION:
            raise CannotDecrypt("unknown version")
        nonce, body = raw[1 : 1 + _NONCE_BYTES], raw[1 + _NONCE_BYTES :]
        try:
            return AESGCM(self._derive(f"seal:{purpose}")).decrypt(nonce, body, context.encode()).decode()
        except InvalidTag as error:
            raise CannotDecrypt("wrong key, row or content") from error

    def _derived(self, purpose: str) -> bytes:
        return hmac.new(self._root, purpose.encode(), hashlib.sha256).digest()
