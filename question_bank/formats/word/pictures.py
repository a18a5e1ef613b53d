"""Pictures of a document: kept when every browser can show them, otherwise named as lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from question_bank.formats.picture_files import image
from question_bank.formats.word.names import BLIP, DESCRIPTION, EMBED, IMAGE_DATA, IMAGE_ID, Node
from question_bank.values import Image


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
        found = image(str(part.partname), part.blob, alt)
        if found is None:
            self.lost.append(str(part.partname).rsplit(".", 1)[-1])
        return found
