"""Names that hold what reads like a quantity: titles, number plates, emergency lines, storms, designations.

Asked once for each quantity that has been read, so that texts without any pay nothing.
"""

from __future__ import annotations

import re

from .lexicon import SPACE
from .quantity import Place, Quantity

TITLE_WINDOW = 60
"""How far before a quantity the title that holds it may begin, and how long that may be."""

SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "s", "t"]
) | frozenset(["dan", "di", "ke", "dari", "yang", "dengan", "untuk", "pada", "apa", "itu", "la", "de"])
TITLE_WORD = re.compile(
    rf"(?i:\b(?:films?|movies?|novels?|books?|songs?|albums?|singles?|plays?|series|dramas?|operas?|musicals?|paintings?"
    rf"|lagu|buku|serial|sinetron|teater|komik|judul|berjudul|titled|entitled|called|bertajuk)){SPACE}\Z"
)
TITLE_CHARACTERS = re.compile(
    r"(?:映画|小説|ドラマ|曲|歌|アルバム|漫画|マンガ|アニメ|絵本|番組|舞台|作品|著書|戯曲|ゲーム|オペラ|歌劇|ミュージカル|童話|短編|長編"
    r"|名作|代表作|影片|电影|電影|片|小说|小說|电视剧|電視劇|剧|劇|专辑|專輯|书籍|綜藝|综艺|话剧|游戏|遊戲|散文|诗集|乐队|樂隊|樂團|组合|組合|バンド|ユニット|节目|節目)"
    r"(?:[“「『][^”」』\n]{1,24}[”」』](?:[、，和与與とや及や・]|以及|や)?)*\Z"
)
SENTENCE = re.compile(r"[。！？!?\n]|[.,](?:\Z|\s)")
NAME_WITH_NO = re.compile(r"の[一-鿿゠-ヿ々]{1,6}\Z")
QUOTES = {"「": "」", "『": "』", "《": "》", "“": "”", "〈": "〉"}
# what a report says in its title of its time
TIMES = frozenset(["date", "year", "range"])
# no name is looked for around these
AMOUNTS = frozenset(["percent", "money", "compute", "index"])
# kinds that a title hardly holds, and a quotation often does
FIGURES = AMOUNTS | {"date", "range"}

PLATE = re.compile(r"[0-9０-９]{2,3}[ 　]?[ぁ-ん][ 　]?\Z")
PLATE_LETTER = re.compile(r"(?:[京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼新][A-Z][·•・ ]?)\Z")
DESIGNATION = re.compile(r" [A-Z]{2}\d{1,3}(?![A-Za-z0-9])")
MODEL_BEFORE = re.compile(r"\b(?:[A-Z]{1,4}-?\d{2,4}|Boeing|Airbus)\b[^.\n]*\bthe\s\Z")
AIRCRAFT = re.compile(r"7[0-8]7")
AIRCRAFT_NOUNS = frozenset(["MAX", "Dreamliner", "jet", "jets"])
STORM_AFTER = re.compile(
    r"[号號](?:台风|颱風|台風|热带|熱帯|熱帶|文件|令|公告|议案|議案|決議|决议|法案|線|线|航班|国道)"
)
STORMS = ("台風", "台风", "颱風", "ハリケーン", "飓风")
# units, schools and the like have a number in their names: 第七艦隊, 第一中学
INSTITUTION = re.compile(
    r"(?:管区|師団|艦隊|連隊|大隊|中隊|小隊|旅団|分団|方面|高校|高等|中学|小学|病院|师|舰队|艦隊|集团军|军|医院|人民|监狱|看守所"
    r"|現場|现场|职场|職場|势力|勢力|纵队|縱隊|産業|产业|產業|课堂|研究院|医学院|附属)"
)
# what is numbered by a rule or case: 議案第15号, 通達第3号
DOCUMENTS = ("議案", "通達", "告示", "省令", "政令", "法律", "条例", "規則", "议案", "公告", "文件")
# named after a number or day: Gerakan 30 September, Program 3 Juta Rumah
CALLED_AFTER = re.compile(
    r"\b(?:Program|Gerakan|Proyek|Monumen|Universitas|Stadion|Aksi|Tragedi|Peristiwa|Operasi|Serangan Umum|Jalan|Museum"
    r"|Taman|Pasar|Lapangan|Bandara|Jembatan|Masjid|Group of|Gang of|Committee of|Executive Order)\s\Z"
)
CAPITAL = re.compile(r"[^\s]+ [A-Z]|[^\s]+\Z")
# a call to a service, whose number counts nothing
CALLED = re.compile(
    rf"(?i:\b(?:call|calls|callers?|called|calling|dial|dials|dialled|dialed|dialling|ring|rings|rang|phone|phoned|helpline"
    rf"|hotlines?|hubungi|menghubungi|telepon|menelepon|kontak|petugas|layanan|panggilan|darurat|operator|lewat|melalui|ambulans)"
    rf"{SPACE}(?:(?:to|the|on|ke|di|nomor|darurat|center|line){SPACE}){{0,2}}(?:\d{{3,5}}{SPACE}(?:atau|dan|or|and){SPACE})?)\Z"
)
SERVICES = frozenset(
    [
        "101",
        "110",
        "111",
        "112",
        "113",
        "114",
        "115",
        "117",
        "118",
        "119",
        "120",
        "122",
        "129",
        "911",
        "988",
        "995",
        "999",
    ]
)


def in_a_name(place: Place, quantity: Quantity) -> int:
    """Where to go on after the name that holds the quantity, or 0 if it stands in none."""
    text, start = place.text, quantity.number_start
    characters, kind = place.lexicon.table.characters, quantity.kind
    before = text[start - TITLE_WINDOW if start > TITLE_WINDOW else 0 : quantity.start]
    if characters:
        if "「" in before or "《" in before or "『" in before or "“" in before or "〈" in before:
            closing = _title_in_characters(place, quantity)
            if closing:
                return closing
    elif '"' in before or "“" in before or "‘" in before:
        closing = _title(place, quantity)
        if closing:
            return closing
    if kind in ("other", "duration"):
        return 0
    if (
        not characters
        and kind in ("count", "date")
        and text[quantity.start - 1] == " "
        and _called_after(place, quantity)
    ):
        return quantity.end
    if kind == "year":
        designated = text[quantity.end : quantity.end + 1] == " " and DESIGNATION.match(text, quantity.end)
        return designated.end() if designated else 0
    if kind == "rank":
        return quantity.number_end if _numbered_name(place, quantity) else 0
    if kind == "range":
        return quantity.end if characters and PLATE.search(text, max(0, start - 8), start) else 0
    if kind != "count" or not 3 <= quantity.number_end - start <= 5:
        return 0
    if characters:
        return quantity.end if PLATE_LETTER.search(text, max(0, start - 4), start) else 0
    return quantity.number_end if _code(place, quantity) else 0


def _called_after(place: Place, quantity: Quantity) -> bool:
    text, start = place.text, quantity.start
    word = text[max(0, start - 16, text.rfind(" ", max(0, start - 16), start - 1) + 1) : start - 1]
    return (
        (word == "of" or not word.islower())
        and CALLED_AFTER.search(text, max(0, start - 16), start) is not None
        and CAPITAL.match(text[start : quantity.end]) is not None
    )


def _title(place: Place, quantity: Quantity) -> int:
    """The end of a title in quotation marks: its words begin with capitals, or a word such as film introduces it."""
    text, start, end = place.text, quantity.start, quantity.end
    low = max(0, start - TITLE_WINDOW)
    opening = max(text.rfind("“", low, start), text.rfind('"', low, start), text.rfind("‘", low, start))
    if opening < 0 or (opening and text[opening - 1].isalnum()):
        return 0
    mark = {"“": "”", "‘": "’"}.get(text[opening], text[opening])
    closing = text.find(mark, end, opening + 2 * TITLE_WINDOW)
    inner = text[opening + 1 : closing]
    if closing < 0 or mark in text[opening + 1 : start] or not inner[0].strip() or inner[-1] in ".,!":
        return 0
    if SENTENCE.search(inner.replace("? ", " ")):
        return 0
    if TITLE_WORD.search(text, max(0, opening - 12), opening):
        return closing
    if inner == text[start:end] and quantity.kind == "other" and inner[0].isdigit():
        return closing
    words = [word.strip(".,:;!?'’()&-") for word in inner.split()]
    words = [word for word in words if word and not word[0].isdigit() and word.casefold() not in SMALL_WORDS]
    if quantity.kind in FIGURES or not words or not all(word[0].isupper() for word in words):
        return 0
    return closing if len(words) > 1 or inner[0].isdigit() else 0


def _title_in_characters(place: Place, quantity: Quantity) -> int:
    """The end of a title in brackets: 《 》 always, others after a word such as film, 「七人の侍」 by its form."""
    text, start, end = place.text, quantity.start, quantity.end
    opening = max(text.rfind(mark, max(0, start - 24), start) for mark in "「『《“〈")
    if opening < 0:
        return 0
    closing = text.find(QUOTES[text[opening]], opening + 1, opening + TITLE_WINDOW)
    if closing < end:
        return 0
    inner = text[opening + 1 : closing]
    whole = inner == text[start:end]
    if text[opening] in "《〈":
        month = quantity.kind == "date" and not text[start].isdigit() and "年" not in inner
        return closing if whole or month or quantity.kind not in TIMES else 0
    if text[opening] == "『" and len(inner) <= 16 and not SENTENCE.search(inner):
        return closing if whole or quantity.kind not in FIGURES or quantity.kind == "date" else 0
    if SENTENCE.search(inner):
        return 0
    if TITLE_CHARACTERS.search(text, max(0, opening - TITLE_WINDOW), opening):
        return closing
    written = not text[quantity.number_start].isdigit() and start == opening + 1
    return closing if written and len(inner) <= 10 and NAME_WITH_NO.search(inner) else 0


def _numbered_name(place: Place, quantity: Quantity) -> bool:
    """#9110, 第13号台风, Typhoon No. 13."""
    text, start = place.text, quantity.start
    if text[start] in "#＃":
        return quantity.number_end - quantity.number_start >= 3
    return place.lexicon.table.characters and (
        (text[start] == "第" and INSTITUTION.match(text, quantity.number_end) is not None)
        or STORM_AFTER.match(text, quantity.number_end) is not None
        or text.endswith(STORMS, max(0, start - 6), start)
        or (
            text[quantity.number_end : quantity.number_end + 1] == "号"
            and text.endswith(DOCUMENTS, max(0, start - 2), start)
        )
    )


def _code(place: Place, quantity: Quantity) -> bool:
    """Whether three to five digits are the number of a service or of a model named before: 112, the 787."""
    text, start = place.text, quantity.number_start
    noun, digits = quantity.unit, text[start : quantity.number_end]
    if not digits.isdecimal():
        return False
    if noun is not None and (noun in place.lexicon.units or noun in place.lexicon.nouns):
        return False
    counted = noun is not None and not place.lexicon.day_first and noun.endswith("s")
    if not counted and CALLED.search(text, max(0, start - 40), start):
        return noun is None or not place.lexicon.day_first or digits in SERVICES
    if AIRCRAFT.fullmatch(digits) and (text[start - 4 : start] == "the " or noun in AIRCRAFT_NOUNS):
        return True
    return (
        noun is None
        and text[start - 4 : start] == "the "
        and MODEL_BEFORE.search(text, max(0, start - 80), start) is not None
    )
