"""Pictures of a document: kept when every browser can show them, otherwise named as lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from question_bank.formats.picture_files import image, lost
from question_bank.formats.word.names import BLIP, DESCRIPTION, EMBED, IMAGE_DATA, IMAGE_ID, Node
from question_bank.pictures import name_of_other
from question_bank.values import Image


@dataclass(slots=True)
class Pictures:
    """The pictures that the paragraphs of a document refer to."""

    part: Any

    def of(self, drawing: Node) -> list[Image]:
        """The pictures in a `w:drawing` or `w:pict`, those that cannot be read as `lost` ones."""
        alt = next((node.get("descr") or "" for node in drawing.iter(DESCRIPTION)), "")
        names = [node.get(EMBED) for node in drawing.iter(BLIP)]
        names += [node.get(IMAGE_ID) for node in drawing.iter(IMAGE_DATA)]
        return [self._image(name, alt) for name in names if name]

    def _image(self, name: str, alt: str) -> Image:
        part = self.part.related_parts.get(name)
        if part is None:
            return lost("không rõ")
        return image(str(part.partname), part.blob, alt) or lost(name_of_other(part.blob))
