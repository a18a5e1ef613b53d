"""XML from strangers: no entities of their own, no outside references."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from question_bank import places
from question_bank.problems import problem
from question_bank.refusals import Refused


def parse(data: bytes | str) -> Element:
    """The root element; raises `Refused` ("unsafe-xml" or "corrupt-file")."""
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise Refused(problem("unsafe-xml", places.FILE)) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Refused(problem("corrupt-file", places.FILE)) from error
    return root
