"""Text folded for search, so that "zu san li", "Zú Sān Lǐ", "足三里", "ST36" and "St-36" find the same thing.

Folding is done here and not in the database, so that every database finds the same. What is published keeps its
`search_text`; a question becomes terms, and a text matches when it holds each of them.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from nok.core import points

MOST_TERMS = 12
Term = tuple[str, ...]

_SPACE = re.compile(r"[\s\u2010-\u2015\u2212/-]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u2032`]")
# Traditional and variant hanzi of point names and of clinical words, each before its simplified form.
_PAIRS = (
    "絲丝 臨临 豐丰 鄉乡 雲云 僕仆 侖仑 崙仑 會会 俠侠 關关 関关 養养 衝冲 勞劳 華华 卻却 歷历 厲厉 厭厌 "
    "釐厘 參参 後后 聽听 啞哑 顖囟 處处 復复 頭头 孫孙 宮宫 賓宾 帶带 庫库 歸归 強强 懸悬 戶户 戸户 揚扬 "
    "攢攒 崑昆 極极 樞枢 條条 氣气 気气 溝沟 濼泺 澤泽 漿浆 湧涌 淵渊 瀆渎 溫温 谿溪 渓溪 滿满 靈灵 環环 "
    "璣玑 璿璇 蓋盖 竅窍 竇窦 築筑 綱纲 經经 経经 結结 絡络 絕绝 維维 縮缩 腸肠 膽胆 脈脉 腦脑 榮荣 營营 "
    "虛虚 邊边 門门 間间 闕阙 陽阳 陰阴 際际 隱隐 顱颅 頰颊 頷颔 顴颧 風风 飛飞 鬢鬓 魚鱼 鳩鸠 齦龈 長长 "
    "鐘钟 鍾钟 輒辄 輔辅 貞贞 車车 裏里 裡里 郤郄 穀谷 兪俞 腧俞 腎肾 髙高 針针 鍼针 醫医 學学 療疗 體体 "
    "傷伤 膚肤 藥药 診诊 調调 實实 熱热 濕湿 補补 瀉泻 臟脏 腫肿"
)
_SIMPLE = str.maketrans({pair[0]: pair[1] for pair in _PAIRS.split()})


def fold(text: str) -> str:
    """Return `text` without case, tone marks, width variants, apostrophes and hyphens, in simplified hanzi.

    The codes of points are written one way: "UB 60" and "Bl-60" are both "bl60".
    """
    plain = "".join(letter for letter in _decomposed(text) if not unicodedata.combining(letter))
    plain = unicodedata.normalize("NFC", plain)
    return _SPACE.sub(" ", points.with_codes(plain)).strip()


def like(text: str) -> str:
    r"""Return a LIKE pattern (escape character `\\`) that finds the folded `text` anywhere."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def search_text(*parts: str) -> str:
    """Return what a search looks into: the folded parts, then a sign for each point that one of them names."""
    named = {point for part in parts for item in points.find(_spaced(part)) for point in item.points}
    return " ".join([*(fold(part) for part in parts), *(_sign(point) for point in sorted(named))])


def terms(text: str, most: int = MOST_TERMS) -> list[Term]:
    """Return what a question asks for: each term is a tuple of texts, of which a match holds at least one."""
    spaced, end = _spaced(text), 0
    found: list[Term] = []
    for item in points.find(spaced):
        found += [(word,) for word in fold(spaced[end : item.start]).split()]
        # A name is also found as it was typed, in a text that means something else by it.
        literal = () if item.code else (fold(spaced[item.start : item.end]),)
        found.append((*(_sign(point) for point in sorted(item.points)), *literal))
        end = item.end
    found += [(word,) for word in fold(spaced[end:]).split()]
    return list(dict.fromkeys(found))[:most]


def holds(searched: str, term: Term) -> bool:
    """Whether a search text holds one of the term's alternatives."""
    return any(alternative in searched for alternative in term)


def places(wanted: Sequence[Term], fields: Sequence[str]) -> list[int | None]:
    """Return for each term the first of the fields, the most telling first, that holds it; None for none."""
    searched = [_field(field) for field in fields]
    return [next((place for place, text in enumerate(searched) if holds(text, term)), None) for term in wanted]


def score(found: Sequence[int | None], fields: int) -> tuple[int, ...]:
    """Return what to sort by, the best first: more terms in the first field, then in the second, and so on."""
    return tuple(-sum(1 for place in found if place == field) for field in range(fields))


def _decomposed(text: str) -> str:
    return _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text).casefold()).translate(_SIMPLE)


def _spaced(text: str) -> str:
    """Return `text` decomposed, tone marks kept, with single spaces; codes are joined while their hyphens show."""
    return _SPACE.sub(" ", points.with_codes(_decomposed(text))).strip()


@lru_cache(maxsize=8192)
def _field(text: str) -> str:
    return search_text(text)


def _sign(point: str) -> str:
    return f"<{point}>"
