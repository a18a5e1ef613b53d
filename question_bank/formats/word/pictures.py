"""Pictures of a document: kept when every browser can show them, otherwise named as lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from question_bank import limits
from question_bank.formats.word.names import BLIP, DESCRIPTION, EMBED, IMAGE_DATA, IMAGE_ID, Node
from question_bank.values import Image

_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
)


@dataclass(slots=True)
class Pictures:
    """The pictures that the paragraphs of a document refer to."""

    part: Any
    lost: list[str] = field(default_factory=list)

    def of(self, drawing: Node) -> list[Image]:
        """The pictures in a `w:drawing` or `w:pict`."""
        alt = next((node.get("descr") or "" for node in drawing.iter(DESCRIPTION)), "")
        names = [node.get(EMBED) for node in drawing.iter(BLIP)]
        names += [node.get(IMAGE_ID) for node in drawing.iter(IMAGE_DATA)]
        found = (self._image(name, alt) for name in names if name)
        return [image for image in found if image is not None]

    def _image(self, name: str, alt: str) -> Image | None:
        part = self.part.related_parts.get(name)
        if part is None:
            self.lost.append("?")
            return None
        data: bytes = part.blob
        for beginning, media_type, extension in _KINDS:
            if data.startswith(beginning):
                file = str(part.partname).rsplit("/", 1)[-1].rsplit(".", 1)[0]
                return Image(f"{file}.{extension}", media_type, data, alt[: limits.MAX_TEXT])
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return Image(str(part.partname).rsplit("/", 1)[-1], "image/webp", data, alt[: limits.MAX_TEXT])
        self.lost.append(str(part.partname).rsplit(".", 1)[-1])
        return None
