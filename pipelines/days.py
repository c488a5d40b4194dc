"""Which day does a printed date mean? In any language, script and order; its year is always written out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORD = r"[^\s\d.,;:/|()<>\[\]{}\"'’·•–—=_&-]{2,18}"
_NAME = rf"(?P<name>[฀-๿]{{1,3}}\.\s?[฀-๿]{{1,2}}|{_WORD}(?:\s(?:الأول|الثاني))?)"
"""A month's name: a word, a Thai abbreviation (ต.ค.), or two words in the Arabic of the Levant."""
_FORMS = tuple(
    re.compile(form, re.VERBOSE | re.IGNORECASE)
    for form in (
        rf"(?<![\da-z./-]){_YEAR}(?P<gap>\s?[-/.]\s?)(?P<month>\d{{1,2}})(?P=gap)(?P<day>\d{{1,2}})(?!\d)",  # 2024-10-13
        rf"{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日号號일]",  # 2024年10月13日
        r"(?P<era>令和|平成|昭和|民國|民国)\s?(?P<year>\d{1,3}|元)\s?年\s?(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日",
        rf"(?<!\d)(?P<day>\d{{1,2}})\s(?:tháng|thg)\s(?P<month>\d{{1,2}}),?\s(?:năm\s)?{_YEAR}",  # 13 tháng 10, 2024
        rf"""(?<![\da-z./-])(?P<day>\d{{1,2}})(?:\.|(?:st|nd|rd|th|er|º|ª|-?го|-я)\b)?[\s-]{{0,2}}(?:of\s|de\s|d['’]|ב-?)?
             {_NAME}\.?,?(?:\s?/\s?{_WORD})?[\s-]?(?:del?\s)?(?P<year>(?:19|20)\d\d|25[4-9]\d)(?!\d)""",  # 13 de octubre de 2024
        rf"{_NAME}\.?[\s-]{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th|ª|º|\.)?,?[\s-]{{1,2}}{_YEAR}(?!\d)",  # October 13, 2024
        rf"(?<![\da-z./-]){_YEAR}\.?\s?(?:m\.\s|gada\s(?P<first>\d{{1,2}})\.\s)?{_NAME}\.?(?:\s(?P<day>\d{{1,2}})(?!\d))?",  # 2024. október 13.
        r"(?<![\da-z./-])(?P<one>\d{1,2})(?P<gap>\s?[-/.]\s?|\s\|\s)(?P<two>\d{1,2})(?P=gap)(?P<year>(?:19|20)\d\d|25[4-9]\d|\d\d)(?![\d:])",
    )
)
"""The orders in which the world writes a day, each by its parts; the last one's order is the outlet's habit."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
"""The year before an era's first, in Japan's calendar and in that of the Republic of China, as ministries print them."""
_BUDDHIST = 543
"""Years by which Thailand's calendar is ahead."""
_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰०০੦૦୦௦౦೦൦๐໐၀០０" for n in range(10)}
"""The digits of the scripts that news is written in (Unicode's category Nd: each block begins with its zero)."""
_ENGLISH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ENGLISH = tuple(name[:3] for name in _ENGLISH_NAMES)
_IN_ENGLISH = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_LEVANTINE = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)
"""Months in Lebanon, Syria, Iraq, Jordan and Palestine; dateparser has the names that Egypt uses."""
_DATEPARSER = {
    "no": ("nb",),
    "sr": ("sr", "sr-Latn"),
    "sh": ("sr-Latn", "hr"),
    "bs": ("bs", "hr"),
    "az": ("az-Latn",),
    "uz": ("uz-Latn", "uz-Cyrl"),
    "tl": ("fil",),
    "iw": ("he",),
    "in": ("id",),
}
"""Languages that dateparser knows by other names, or in two scripts."""
_ACCENTS = re.compile("[\u0300-\u036f]")
_YEAR_FIRST = ("ja", "ko", "zh", "hu", "lt")


@dataclass(frozen=True, slots=True)
class Habit:
    """How an outlet writes dates: its languages (ISO 639-1, best first), is 10/12 in October, its country."""

    languages: tuple[str, ...] = ("en",)
    month_first: bool = False
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A day, and where in the text it stands."""

    day: date
    start: int
    end: int


def western_digits(text: str) -> str:
    """The same text with ASCII's digits: ``٢٠٢٦`` is ``2026``."""
    return text if text.isascii() else text.translate(_DIGITS)


def find_day(text: str, habit: Habit) -> Found | None:
    """The first day that is written whole in a short text with western digits.

    >>> find_day("Berlin, 13. Oktober 2024", Habit(("de",)))
    Found(day=datetime.date(2024, 10, 13), start=8, end=24)
    """
    best: Found | None = None
    for form in _FORMS:
        found = _first(form, text, len(text) if best is None else best.start, habit)
        if found and (best is None or found.start < best.start):
            best = found
    return best


def _first(form: re.Pattern[str], text: str, before: int, habit: Habit) -> Found | None:
    at = 0
    while (found := form.search(text, at)) and found.start() < before:
        if day := _read({name: part for name, part in found.groupdict().items() if part}, habit):
            return Found(day, found.start(), found.end())
        at = found.start() + 1  # "in 12 Jahren 2024" has no month, "31.02.2024" is no day
    return None


def _read(parts: dict[str, str], habit: Habit) -> date | None:
    try:
        if "one" in parts:
            return _numeric(int(parts["one"]), int(parts["two"]), parts["year"], parts["gap"].strip(), habit)
        year = 1 if parts["year"] == "元" else int(parts["year"])
        year += _ERAS.get(parts.get("era", ""), 0) - (_BUDDHIST if year > 2500 else 0)
        month = int(parts.get("month", 0)) or month_named(parts["name"], habit.languages)
        return date(year, month, int(parts.get("first") or parts["day"]))
    except (KeyError, ValueError):
        return None


def _numeric(one: int, two: int, written: str, gap: str, habit: Habit) -> date:
    """A day of three numbers with its year last, or first where that is the habit and has two digits."""
    year = int(written)
    if len(written) == 2:
        if habit.languages[0] in _YEAR_FIRST and year <= 31:
            return date(2000 + one, two, year)
        year += 2000 if year < 70 else 1900  # POSIX, strptime: 69 to 99 are the last century's
    year -= _BUDDHIST if year > 2500 else 0
    month_first = habit.month_first and gap != "."
    day, month = (two, one) if (month_first and one <= 12) or two > 12 else (one, two)
    return date(year, month, day)


@lru_cache(maxsize=4_096)
def month_named(name: str, languages: tuple[str, ...]) -> int:
    """The number of a month in the first of these languages that has that name; 0 when none has."""
    name = _plain(" ".join(name.split()))
    if _IN_ENGLISH.fullmatch(name):
        return _ENGLISH.index(name[:3]) + 1
    for language in languages:
        for known in _DATEPARSER.get(language, (language,)):
            if month := _months(known).get(name):
                return month
    return 0


@lru_cache(maxsize=256)
def _months(language: str) -> dict[str, int]:
    """The months' names and abbreviations in a language, in all cases, as dateparser has them from Unicode's CLDR."""
    from dateparser.languages.loader import default_loader

    try:
        known = default_loader.get_locale(language).info
    except ValueError:  # a language that it does not know
        return {}
    names = {_plain(name): number for number, month in enumerate(_ENGLISH_NAMES, 1) for name in known.get(month, ())}
    return {**names, **({_plain(name): n for n, name in enumerate(_LEVANTINE, 1)} if language == "ar" else {})}


def _plain(name: str) -> str:
    """A name as it is looked up: lower case, without accents (février, fevrier; NİSAN, nisan) and without full stops (ต.ค., ตค).

    Only the marks of Latin, Greek and Cyrillic go: without its vowel Thai's March (มี.ค.) would be January (ม.ค.).
    """
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", name.lower().replace(".", "")))
