"""Names as ledgers write them: spaces inside, "张三等12人", several parties in one cell, masks."""

from __future__ import annotations

import re
import unicodedata

COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
        "第五",
    ]
)

EXACT_FLOAT = 10**15  # a spreadsheet keeps 15 significant digits of a number

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMBER = r"\d+|[〇零一二两三四五六七八九十百千]+"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_GROUP = re.compile(
    rf"^(?P<name>.*?)[（(]?\s*等\s*(?:(?P<n>{_NUMBER})\s*(?:余|多|来)?\s*(?:个|名|位)?\s*"
    rf"(?:村民|居民|群众|业主|工人|农民工|家长|人|户|名|位|代表)+|(?:多|数|若干)?人(?:[（(]?共?(?P<m>{_NUMBER})人[）)]?)?)"
    r"[^、，,]*?[）)]?$"
)
_REMARK = re.compile(r"[（(](?:男|女|代表|代理人|户主|本人|化名|已故|\d+\s*岁|\d+)[）)]")
_HEADCOUNT = re.compile(
    rf"(?P<n>{_NUMBER})(?:\.0+)?\s*(?:余|多)?\s*(?:个|名|位)?(?:人次|人|户|名|位)?"
)
_ANONYMOUS = re.compile(
    r"匿名.*|无名氏?|不详|未知|未留名|未署名|不愿(?:透露|留)姓?名.*|群众|村民|居民|网友|热心(?:群众|市民)|某某|无|-+|/+|—+"
)
_STRONG = re.compile(r"[、,，;；/|\n\r]+|\s+(?:与|和|跟|vs\.?)\s+|[vV][sS]\.?")
_ROLE = re.compile(
    r"(?:甲方|乙方|丙方|原告|被告|申请人|被申请人|当事人|一方|另一方|对方)\s*[:：]\s*"
)
_HAN_PAIR = re.compile(r"^([^\sA-Za-z\d]{2,4})[与和跟]([^\sA-Za-z\d]{2,4})$")


def plain_text(value: object) -> str:
    """A cell or a typed text on one line: NFKC, whole floats without ``.0``, no outer spaces."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_FLOAT:
        return str(int(value))
    return unicodedata.normalize("NFKC", str(value)).strip().lstrip("'’‘`")


def normalise_name(value: object) -> str:
    """A person's or organisation's name without the spaces and marks a clerk's typing leaves.

    Inner spaces, full-width ones too, go (``高　堃`` → ``高堃``) except between Latin words.
    Digits, Latin letters and brackets become half or full width as usual; every other character
    stays exactly as it is, rare ones above all (no NFKC: it would change 兼容汉字).
    """
    text = plain_number(value)
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    text = "".join(_half_width(c) for c in text).strip().strip("'’‘")
    text = re.sub(r"[•・‧∙⋅]", "·", text)
    text = re.sub(r"(?<=[A-Za-z])\s+(?=[A-Za-z])", "\0", text)
    return re.sub(r"\s+", "", text).replace("\0", " ")


def plain_number(value: object) -> str:
    """Text of a cell that ought to be a name or word; whole floats lose ``.0``, text is kept."""
    return value if isinstance(value, str) else plain_text(value)


def _half_width(c: str) -> str:
    folded = unicodedata.normalize("NFKC", c) if "\uff10" <= c <= "\uff5a" else c
    return folded if folded.isascii() and folded.isalnum() else c


def parse_number(text: str) -> int | None:
    """A count in digits or Chinese numerals up to 9999 (``十二`` → 12); else ``None``."""
    text = unicodedata.normalize("NFKC", text).strip()
    if text.isascii() and text.isdigit():
        return int(text) if len(text) <= 9 else None
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    total, digit = 0, None
    for c in text:
        if c in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        else:
            digit = _DIGITS[c]
    return total + (digit or 0)


def parse_headcount(value: object) -> int | None:
    """How many people a cell says: ``12.0``, ``12人``, ``约三十人``, ``7户``; else ``None``.

    A count of households is taken as that many people, the least it can be.
    """
    text = re.sub(r"\s|约|共计?|大概|左右|[（）()]", "", plain_text(value))
    found = _HEADCOUNT.fullmatch(text)
    return parse_number(found["n"]) if found else None


def split_group(text: object) -> tuple[str, int | None]:
    """``张三等12人`` → ``("张三", 12)``; without a count the number is ``None``.

    Takes 名, 户, 十二人, brackets (``张三（等12人）``) and words after it (``等12名村民``).
    """
    name = normalise_name(text)
    found = _GROUP.match(name)
    if not found:
        return _REMARK.sub("", name), None
    count = found["n"] or found["m"]
    return _REMARK.sub("", found["name"]).strip("、，,（("), parse_number(count) if count else None


def split_parties(text: object) -> tuple[str, ...]:
    """The people of one cell: divided by 、 ， ； / line breaks, 与 or 和 between two names, spaces.

    ``李和平`` stays one person: 和 divides only where both sides are names of two to four
    characters and nothing else divides the cell. Phones and role words are taken off.
    """
    raw = re.sub(r"1\d{10}|\d{3,4}-?\d{7,8}", " ", plain_number(text))
    raw = _ROLE.sub("、", raw)
    pieces = [p for p in _STRONG.split(raw) if p.strip()]
    if len(pieces) == 1:
        pieces = _weakly_split(pieces[0])
    names = (split_group(p)[0] for p in pieces)
    return tuple(dict.fromkeys(n for n in names if n))


def _weakly_split(piece: str) -> list[str]:
    words = piece.split()
    if len(words) > 1 and all(len(w) >= 2 for w in words):
        return words
    pair = _HAN_PAIR.match(normalise_name(piece))
    return [pair[1], pair[2]] if pair else [piece]


def is_anonymous(text: object) -> bool:
    """Whether the cell says that no name was left (匿名, 不详, 未署名 …). Empty is not."""
    return bool(_ANONYMOUS.fullmatch(normalise_name(text)))


def surname(name: str) -> str:
    """The surname of a Chinese name: one character, or two where it is a 复姓."""
    return name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[:1]


def mask_name(name: str) -> str:
    """Surname kept, one ``*`` for each further character (``王桂芳`` → ``王**``); · is kept."""
    kept = surname(name)
    return kept + "".join(c if c in "· " else "*" for c in name[len(kept) :])
