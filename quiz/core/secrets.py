"""Keyed hashes for comparing personal data and encryption for the few who may see them.

All keys come from one secret outside the database (`QUIZ_DATA_KEY`); every purpose has its own derived key.
While a new secret replaces an older one both are known: what is written uses the new one, what is read and
looked up fits either (see docs/adr/0020-data-keys.md).
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
_ID_BYTES = 4
_WITHOUT_ID = b"\x01"  # how texts were sealed before there could be several keys
_VERSION = b"\x02"


class CannotDecrypt(Exception):
    """The ciphertext was made with another key, for another row, or was altered."""


class Keyring:
    """Derives one key per purpose from the installation's data key; `older` ones still open and find."""

    def __init__(self, data_key: str, older: Sequence[str] = ()) -> None:
        self._keys = tuple(_DataKey(text) for text in dict.fromkeys((data_key, *older)))
        self._key = self._keys[0]

    @property
    def has_older(self) -> bool:
        """Whether an older data key is known beside the one that is used for writing."""
        return len(self._keys) > 1

    @property
    def ids(self) -> tuple[str, ...]:
        """What tells the known data keys apart, the newest first, in hex; says nothing about the keys."""
        return tuple(key.id.hex() for key in self._keys)

    def blind_index(self, purpose: str, text: str) -> str:
        """HMAC-SHA-256 of `text`, 128 bits as 32 hex digits: equal texts give equal indexes, nothing else."""
        return self._key.index(purpose, text)

    def blind_indexes(self, purpose: str, text: str) -> tuple[str, ...]:
        """The index under every known key, the newest first: what a stored row may hold of this text."""
        return tuple(key.index(purpose, text) for key in self._keys)

    def sign(self, purpose: str, text: str) -> bytes:
        """The full 32 bytes of HMAC-SHA-256 of `text` for `purpose`."""
        return hmac.new(self._key.derive(f"sign:{purpose}"), text.encode(), hashlib.sha256).digest()

    def encrypt(self, purpose: str, text: str, context: str) -> str:
        """AES-256-GCM with a fresh nonce; `context` (table, column, row) is bound to it but not stored."""
        nonce, key = os.urandom(_NONCE_BYTES), self._key
        sealed = key.cipher(purpose).encrypt(nonce, text.encode(), key.id + context.encode())
        return base64.urlsafe_b64encode(_VERSION + key.id + nonce + sealed).decode()

    def decrypt(self, purpose: str, sealed: str, context: str) -> str:
        """The text given to `encrypt`, with whichever known key. Raises CannotDecrypt."""
        raw = base64.urlsafe_b64decode(sealed)
        if raw[:1] == _WITHOUT_ID:
            return self._decrypt_any(purpose, raw[1:], context)
        if raw[:1] != _VERSION:
            raise CannotDecrypt("unknown version")
        key_id, body = raw[1 : 1 + _ID_BYTES], raw[1 + _ID_BYTES :]
        key = next((one for one in self._keys if one.id == key_id), None)
        if key is None:
            raise CannotDecrypt("unknown key")
        return key.open(purpose, body, key_id + context.encode())

    def is_current(self, sealed: str) -> bool:
        """Whether a text was encrypted with the newest key and in today's form."""
        return base64.urlsafe_b64decode(sealed)[: 1 + _ID_BYTES] == _VERSION + self._key.id

    def renewed(self, purpose: str, sealed: str, context: str) -> str:
        """The same text under the newest key; as it is where it is so already. Raises CannotDecrypt."""
        if self.is_current(sealed):
            return sealed
        return self.encrypt(purpose, self.decrypt(purpose, sealed, context), context)

    def _decrypt_any(self, purpose: str, body: bytes, context: str) -> str:
        for key in self._keys:
            try:
                return key.open(purpose, body, context.encode())
            except CannotDecrypt:
                continue
        raise CannotDecrypt("wrong key, row or content")


class _DataKey:
    """One data key with what is derived from it. Its id tells keys apart and nothing about them."""

    def __init__(self, text: str) -> None:
        if len(text) < 32:
            raise ValueError("the data key has to be at least 32 characters long")
        self._root = text.encode()
        self.derive = lru_cache(maxsize=64)(self._derived)
        self.cipher = lru_cache(maxsize=64)(self._cipher)
        self.id = self._derived("id")[:_ID_BYTES]

    def index(self, purpose: str, text: str) -> str:
        derived = self.derive(f"index:{purpose}")
        return hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()[:32]

    def _cipher(self, purpose: str) -> AESGCM:
        return AESGCM(self.derive(f"seal:{purpose}"))

    def open(self, purpose: str, body: bytes, bound: bytes) -> str:
        try:
            return self.cipher(purpose).decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], bound).decode()
        except InvalidTag as error:
            raise CannotDecrypt("wrong key, row or content") from error

    def _derived(self, purpose: str) -> bytes:
        return hmac.new(self._root, purpose.encode(), hashlib.sha256).digest()
