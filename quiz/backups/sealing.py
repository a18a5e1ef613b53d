"""Lines into a compressed, sealed file and out of it again.

Sealed with age (https://age-encryption.org/v1): the server has a public key only, and what opens its backups
lies elsewhere. The `age` program opens them too; inside is gzip.
"""

import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

import pyrage

from quiz.backups.errors import BackupRefused

_LEVEL = 3
_GZIP = zlib.MAX_WBITS | 16
_CHUNK = 1 << 16
_SEALED = b"age-encryption.org/v1"
_LONGEST_LINE = 64 * 1024 * 1024  # a picture of a question is far smaller

Line = Callable[[str], None]


class Recipient(Protocol):
    """A public key of age; made by pyrage, which has no type information."""


class Identity(Protocol):
    """A secret key of age; str() is its text."""

    def to_public(self) -> Recipient:
        """What seals for this key."""


def new_identity() -> Identity:
    """A pair of keys: str() is the secret that opens, to_public() what seals."""
    identity: Identity = pyrage.x25519.Identity.generate()
    return identity


def read_recipients(texts: Sequence[str]) -> list[Recipient]:
    """Public keys (age1…). Raises BackupRefused."""
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError as error:
        raise BackupRefused("backup_key_unreadable", example="age1…") from error


def read_identities(text: str) -> list[Identity]:
    """Secret keys of a key file, a line each, # for remarks. Raises BackupRefused."""
    lines = [line.strip() for line in text.splitlines()]
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise BackupRefused("backup_key_unreadable", example="AGE-SECRET-KEY-1…") from error
    if not found:
        raise BackupRefused("backup_key_unreadable", example="AGE-SECRET-KEY-1…")
    return found


def is_sealed(path: Path) -> bool:
    """Whether a file begins as sealed ones do."""
    with path.open("rb") as file:
        return file.read(len(_SEALED)) == _SEALED


def write_lines(lines: Iterator[str], output: BinaryIO, recipients: Sequence[Recipient]) -> None:
    """Compress and seal; without recipients compress only. Memory does not grow with the lines."""
    source = _Compressed(lines)
    if recipients:
        pyrage.encrypt_io(source, output, list(recipients))
    else:
        while chunk := source.read(_CHUNK):
            output.write(chunk)


def read_lines(path: Path, identities: Sequence[Identity], take: Line) -> None:
    """Give every line of a file to `take`, in order. Raises BackupRefused where the file is not whole."""
    lines = _Lines(take)
    try:
        with path.open("rb") as file:
            if is_sealed(path):
                pyrage.decrypt_io(file, lines, list(identities))
            else:
                while chunk := file.read(_CHUNK):
                    lines.write(chunk)
    except pyrage.DecryptError as error:
        raise BackupRefused("backup_other_key") from error
    except (OSError, zlib.error, UnicodeDecodeError) as error:
        raise BackupRefused("backup_damaged") from error
    lines.finish()


class _Compressed(io.RawIOBase):
    """Lines as a file of gzip that is made while it is read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._gzip = zlib.compressobj(_LEVEL, wbits=_GZIP)
        self._ready = b""
        self._is_over = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what callers give
        while not self._ready and not self._is_over:
            self._ready = self._more()
        part, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)

    def _more(self) -> bytes:
        gathered, size = [], 0
        for line in self._lines:
            gathered.append(f"{line}\n")
            size += len(line)
            if size >= _CHUNK:
                return self._gzip.compress("".join(gathered).encode())
        self._is_over = True
        return self._gzip.compress("".join(gathered).encode()) + self._gzip.flush()


class _Lines(io.RawIOBase):
    """Takes gzip in, gives lines on."""

    def __init__(self, take: Line) -> None:
        self._take = take
        self._gzip = zlib.decompressobj(wbits=_GZIP)
        self._rest = b""

    def writable(self) -> bool:
        return True

    def write(self, chunk: bytes) -> int:  # type: ignore[override]  # what callers give
        data = bytes(chunk)
        while data:
            self._give(self._gzip.decompress(data, _CHUNK * 16))
            data = self._gzip.unconsumed_tail
        return len(chunk)

    def finish(self) -> None:
        """Nothing more comes. Raises BackupRefused where something should."""
        if not self._gzip.eof or self._rest:
            raise BackupRefused("backup_damaged")

    def _give(self, data: bytes) -> None:
        *whole, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise BackupRefused("backup_damaged")
        for line in whole:
            self._take(line.decode())
