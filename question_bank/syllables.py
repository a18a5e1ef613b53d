"""Which words are possible Vietnamese syllables: this tells real text from text in a lost encoding."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x",
)  # fmt: skip
_RHYMES = re.findall(
    r"\S+",
    """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu
iêc iêm iên iêng iêp iêt iêu yêm yên yêng yêt yêu
o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
oăc oăm oăn oăng oăt oe oen oeo oet ooc oong ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
uy uya uych uyn uynh uyp uyt uyu uyên uyêt y ynh yt ych
ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
""",
)
_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS)})?(?:{'|'.join(sorted(_RHYMES, key=len, reverse=True))})")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHARP_TONES = "\u0301\u0323"
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether a word in NFC, in any case, can be one written Vietnamese syllable."""
    split = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in split if mark in _TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in split if mark not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    # Syllables that end in a stop have only the two sharp tones: "Đảt" is no word, "Đạt" is one.
    return not bare.endswith(_STOPS) or (bool(tones) and tones[0] in _SHARP_TONES)
