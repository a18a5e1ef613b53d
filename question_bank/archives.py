"""Zip files are measured before anything opens them.

The directory of a zip can lie about sizes and readers written in other languages believe the data,
not the directory, so each member is unpacked once into nothing and counted.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from question_bank import limits, places
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.values import Problem

ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_LOCAL_HEADER = 30
_CHUNK = 1 << 18
_DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


def is_zip(data: bytes) -> bool:
    """Whether the bytes begin as a zip file does."""
    return data.startswith(ZIP_SIGNATURES)


def names(data: bytes) -> frozenset[str]:
    """The member names of a zip, or nothing if it is none or damaged."""
    if not is_zip(data):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError):
        return frozenset()


def check(data: bytes) -> None:
    """Raise `Refused` when a zip is damaged, locked, or would unpack to more than the limits."""
    if not is_zip(data):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
        raise Refused(problem("corrupt-file", places.FILE)) from error
    if len(members) > limits.MAX_ZIP_MEMBERS:
        raise Refused(problem("zip-bomb", places.FILE, why=f"chứa {len(members)} tệp con"))
    if sum(member.file_size for member in members) > limits.MAX_ZIP_BYTES:
        raise Refused(_too_much_inside())
    _unpack_and_count(data, members)


def check_xml(data: bytes) -> None:
    """Raise `Refused` when XML inside an Office file declares entities of its own; real ones never do."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.lower().endswith((".xml", ".rels")):
                content = archive.read(name)
                if any(sign in content for sign in _DECLARATIONS):
                    raise Refused(problem("unsafe-xml", places.FILE))


def _unpack_and_count(data: bytes, members: list[zipfile.ZipInfo]) -> None:
    unpacked = packed = 0
    for member in members:
        if member.flag_bits & 0x1:
            raise Refused(problem("password", places.FILE))
        size = _real_size(data, member, limits.MAX_ZIP_BYTES - unpacked)
        if size != member.file_size:
            raise Refused(problem("corrupt-file", places.FILE))
        unpacked += size
        packed += member.compress_size
    if unpacked > limits.SMALL_ZIP_BYTES and unpacked > packed * limits.MAX_ZIP_RATIO:
        raise Refused(problem("zip-bomb", places.FILE, why=f"nở ra gấp {unpacked // max(packed, 1)} lần"))


def _real_size(data: bytes, member: zipfile.ZipInfo, allowed: int) -> int:
    """Bytes that a member really unpacks to; raises `Refused` above `allowed` or when damaged."""
    start = member.header_offset
    header = data[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not header.startswith(ZIP_SIGNATURES[0]):
        raise Refused(problem("corrupt-file", places.FILE))
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    start += _LOCAL_HEADER + name_length + extra_length
    packed = data[start : start + member.compress_size]
    if len(packed) != member.compress_size:
        raise Refused(problem("corrupt-file", places.FILE))
    if member.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused(problem("corrupt-file", places.FILE))
    return _inflated_size(packed, allowed)


def _inflated_size(packed: bytes, allowed: int) -> int:
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    rest = packed
    try:
        while rest and not machine.eof:
            size += len(machine.decompress(rest, _CHUNK))
            rest = machine.unconsumed_tail
            if size > allowed:
                raise Refused(_too_much_inside())
        size += len(machine.flush())
    except zlib.error as error:
        raise Refused(problem("corrupt-file", places.FILE)) from error
    return size


def _too_much_inside() -> Problem:
    megabytes = limits.MAX_ZIP_BYTES // (1024 * 1024)
    return problem("zip-bomb", places.FILE, why=f"nở ra hơn {megabytes} MB")
