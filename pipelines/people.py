"""Which people does a byline name? What announces, joins and describes them is taken off; what is left must look like a name.

Names are as different as their countries ("Falsehoods Programmers Believe About Names"), so the rules are few: two to six
words of letters, capitals where a script has them, particles as they are ("van der", "bin", "de la"); and in scripts
without spaces a few signs. The words that are nobody's name are data: ``data/bylines/``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from pipelines.agencies import is_agency
from pipelines.bylinewords import (
    PIECE,
    afterword,
    announcement,
    articles,
    begins_as_byline,
    conjunction,
    conjunction_of_pieces,
    endings,
    lone_announcement,
    nobodys,
    others_credit,
    places,
    roles,
    shared_announcement,
    unspaced_collective,
    unspaced_role,
)
from pipelines.documents import html_text
from pipelines.text import even

_LONGEST = 1_000
_LONGEST_NAME, _MOST_WORDS = 50, 6
_MOST_AROUND = 12
"""The most words of a name and what describes it."""
_LONGEST_INITIAL = len("Jr.")
_LONGEST_SIGN = 4
_INITIALS = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{3,}")
"""Capitals that nobody can say as a word are an outlet's: "MDR Thüringen", "BBC Monitoring"."""
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KATAKANA = "\u30a0-\u30ff"
_UNSPACED = re.compile(f"[{_HAN}{_KATAKANA}\u3041-\u309f\uac00-\ud7af]")
_CHINESE = re.compile("记者|编辑|通讯员|作者：")
"""Simplified signs: here a space stands between two people, not between a family name and a given name."""
_ADDRESS = re.compile(r"[^\s|]{1,64}@[^\s|]{1,255}|(?<!\w)@\s?\w{1,40}|https?:[^\s|]{1,255}|www\.[^\s|]{1,255}")
_WRAPPED = re.compile(r"[(\[（【〔［](?P<inside>[^()\[\]（）【】〔〕［］]*)[)\]）】〕］]?")
_BRACKETS = re.compile(r"[(\[（【〔［][^)\]）】〕］]{0,100}[)\]）】〕］]?")
_MONTH = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,|"
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?(?=\s\d)",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"[:：©／●◎=＝/]|(?i:\b(?:by|von|par|por|di|de)[\s|])")
_BETWEEN_WORDS = re.compile(r"\W+")
_BETWEEN_PIECES = re.compile(r"\s*[|｜•▪]\s*")
_DIGIT = re.compile(r"\s?[^\s\d]{0,30}\d.*")
_PARTS = re.compile(
    rf"\s*(?:(?<=[^\W\d_]{{5}})\.\s|[,;•·、，،&+/／＝]|\s[-–—―]\s|(?<![{_KATAKANA}])・|・(?![{_KATAKANA}]))\s*"
)
_PARTICLES = frozenset(
    [
        "a",
        "af",
        "al",
        "am",
        "ap",
        "at",
        "ath",
        "ben",
        "bin",
        "bint",
        "da",
        "dal",
        "dalla",
        "dai",
        "das",
        "de",
        "degli",
        "dei",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "e",
        "el",
        "het",
        "i",
        "ibn",
        "la",
        "las",
        "le",
        "li",
        "lo",
        "los",
        "y",
        "san",
        "st.",
        "st",
        "'t",
        "ten",
        "ter",
        "ud",
        "ul",
        "van",
        "vander",
        "vom",
        "von",
        "zu",
        "zum",
        "zur",
        "und",
    ]
)
_INSIDE = frozenset("'’‘`´.-\u200c\u200d")
"""Signs that a name's word may hold: "O'Hara", "Jean-Pierre", "J.R.", and the joiners of Persian and Hindi."""
_PREFIXED = re.compile(r"(?:[dl]['’]|[ae][lnrszd]-|bin-)[^\W\d_]")
"""A prefix that is written small: "al-Assad", "d'Arcy"."""
_CAMEL = re.compile(r"(?!Ma?c|Fitz|[DL][aei]|V[ao]n|O['’])[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ]")
_SMALL = re.compile(r"(?!www)[a-zß-ÿ]{3,20}(?P<between>[. ])(?:[a-zß-ÿ]{2,20}(?P=between))?(?P<last>[a-zß-ÿ]{3,20})")
_LONGEST_DOMAIN = 4
"""The most letters of what may be a domain's ending: "example.info", unlike "jane.miller"."""
_OUTLET = re.compile(
    r"redacc|news|press|zeitung|medi[ae]|radio|\btv|tv\b|redak|admin|editor|online|blog|team|web", re.IGNORECASE
)
_TIME = re.compile(r"^\d[\d./:, -]{7,18}(?=\s[^\W\d_]{2,10}[\s|])")
"""What stands before "by" in "6.11.2023 13:30 by Olga"."""
_PEN_NAME = re.compile(r"[^\W\d_][\w.’'-]{1,23}")
_CASED = re.compile(r"[A-Za-z\u00c0-\u058f]")
"""Where a script has no capitals a word shows nothing: a section's name looks like a pen name."""


@lru_cache(maxsize=1024)
def people_in(text: str, sites: frozenset[str]) -> tuple[str, ...]:
    """The people of a byline, in order. ``sites`` are the names of the page's own outlet, made plain by ``plain_name``.

    >>> people_in("By Jane Doe, Middle East correspondent, and John O'Hara in Kyiv", frozenset())
    ('Jane Doe', "John O'Hara")
    """
    text = text[:_LONGEST]
    found: list[str] = []
    many = bool(_CHINESE.search(text))
    is_announced = begins_as_byline(even(text))
    for chunk in _chunks(text):
        names = list(_unspaced_names(chunk, many) if _UNSPACED.search(chunk) else _spaced_names(chunk))
        if found and not names and not _is_described(chunk):
            break  # after the names come dates, buttons and subjects
        if is_announced and not names and not re.search(r"\d", chunk) and not _is_described(chunk):
            break  # "By The Example": who else is named did not write it
        found.extend(_cased(name) for name in names if not _is_outlet(name, sites))
    if not found and PIECE in text and len(text.split(PIECE)) == 2 and len(text.replace(PIECE, " ").split()) <= 4:
        return people_in(text.replace(PIECE, " "), sites)  # a given name and a family name in elements of their own
    return tuple(dict.fromkeys(found))


def pen_name(text: str, sites: frozenset[str]) -> str | None:
    """The one word that somebody signs with, where the whole text is such a word: "Paddy", "By Konstantin".

    Whether it stands where authors sign is for the caller to know: nothing in the word itself shows it.
    """
    text = _TIME.sub("", text)
    chunk = next(iter(_chunks(text)), "")
    name = re.split(r"\s*[,;·•—–@]\s*|\s-\s", chunk, maxsplit=1)[0].strip(" .:")
    if (
        not _PEN_NAME.fullmatch(name)
        or not _CASED.match(name)
        or name.isupper()
        or (len(name) < 3 and not begins_as_byline(text))
        or re.search(r"\.[a-z]{2,4}$", name)
    ):
        return None  # capitals are mostly an outlet's or an agency's initials
    if len(name) <= _LONGEST_SIGN and name.islower() and not begins_as_byline(text):
        return None  # an editor's sign in a newsroom: "kesm"
    if name.casefold() in nobodys() or announcement().match(name + " x") or _OUTLET.search(name):
        return None
    if is_agency(name) or name.casefold() in places() or _begins_site(plain_name(name), sites):
        return None
    return name


def _begins_site(word: str, sites: frozenset[str]) -> bool:
    """Is it the outlet's name, or does that go on in the same word? "Example" at examplenews.org, but not "Jane" at jane-doe.org."""
    return (
        any(part.startswith(word) for site in sites if site != word for part in site.split() if part != word)
        or word in sites
    )


def turned(text: str) -> str:
    """Names that a catalogue gives as "Doe, Jane", as they are said.

    >>> turned("Doe, Jane A.; Roe, Richard")
    'Jane A. Doe; Richard Roe'
    """
    names = [
        re.fullmatch(r"(?P<last>[^\W\d_]\S*), (?P<first>[^\W\d_]\S*(?: [^\W\d_]\.?)?)", n.strip())
        for n in text.split(";")
    ]
    if any(name is None or is_agency(name["last"]) or is_agency(name["first"]) for name in names):
        return text
    return "; ".join(f"{name['first']} {name['last']}" for name in names if name)


def written_out(text: str) -> str:
    """A name that is written as its owner logs in, or without capitals, as names are written.

    >>> written_out("jane.miller")
    'Jane Miller'
    """
    found = _SMALL.fullmatch(text.strip())
    return text.replace(".", " ").title() if found and (" " in text or len(found["last"]) > _LONGEST_DOMAIN) else text


def plain_name(text: str) -> str:
    """A name as it is compared: its words alone, in lower case."""
    return _BETWEEN_WORDS.sub(" ", even(text).casefold()).strip()


def _chunks(text: str) -> Iterator[str]:
    """The byline's pieces, without addresses, brackets, dates, and what belongs to photographers and editors."""
    line = even(html_text(text[:_LONGEST]))
    if wrapped := _WRAPPED.fullmatch(line):
        line = wrapped["inside"]
    line = _BETWEEN_PIECES.sub(PIECE, _BRACKETS.sub(PIECE, _ADDRESS.sub(PIECE, line)))
    if PIECE in line:
        line = conjunction_of_pieces().sub(r" \g<and> ", line)
    if _CREDITED.search(line):  # the patterns below are long, and most bylines need none of them
        line = others_credit().sub(PIECE, shared_announcement().sub(r"\g<by>: ", line))
    if PIECE in line:
        line = lone_announcement().sub(r"\g<by>: ", line)
    chunks = line.split(PIECE)
    first = next((index for index, chunk in enumerate(chunks) if announcement().match(chunk.strip())), 0)
    for label, chunk in pairwise(["", *chunks[first:]]):
        if not label.rstrip().endswith((":", "：")) and (
            bare := announcement().sub("", _MONTH.sub("0", chunk.strip(" :,–—-")))
        ):
            yield bare


def _spaced_names(chunk: str) -> Iterator[str]:
    is_described = False
    for piece in _PARTS.split(chunk):
        for place, part in enumerate(conjunction().split(piece)):
            if is_described and place == 0:
                continue  # "Jane Doe, senior fellow, Example Project, and John Roe": the project is hers
            if len(part.split()) > _MOST_AROUND:
                break  # a sentence, and who is named at its end is its subject
            name, has_role = _bare(part)
            is_described = has_role and not name
            if _is_person(name):
                yield name


def _is_described(chunk: str) -> bool:
    """Does a piece between two names say what one of them does, or nothing at all?"""
    return any(word.casefold().strip(".,:") in roles() for word in chunk.split()) or not re.search(r"\w", chunk)


def _bare(part: str) -> tuple[str, bool]:
    """A name without the place, outlet or date after it and the roles around it; and whether there were any."""
    part = afterword().sub("", " " + _DIGIT.sub("", announcement().sub("", part.strip())))
    words = part.strip(" :*•-–—\"“”„'‘").split()
    known, many = roles(), len(words)
    while words and words[0].casefold().strip(".,:") in known:
        del words[0]
    while words and words[-1].casefold().strip(".,:") in known:
        del words[-1]
    if words and len(words[-1]) > _LONGEST_INITIAL:
        words[-1] = words[-1].rstrip(".")
    return " ".join(words), len(words) < many


def _is_person(name: str) -> bool:
    words = [word.strip('"“”„') for word in name.split()]  # Jane "JD" Doe
    if not 2 <= len(words) <= _MOST_WORDS or len(name) > _LONGEST_NAME or name.casefold() in places():
        return False
    if words[0].casefold() in articles() or any(_is_nobodys(word) for word in words if word not in _PARTICLES):
        return False
    full = [word for word in words if word not in _PARTICLES]
    if (len(words) == 2 and len(words[1].strip(".")) == 1) or _INITIALS.fullmatch(words[0]):
        return False
    return len(full) >= 2 and all(_is_word(word) and (not word[0].islower() or _PREFIXED.match(word)) for word in full)


def _is_nobodys(word: str) -> bool:
    """Is the word a role's, an organisation's, a button's? Or compounded as only a brand's is: "WindEnergie"?"""
    plain = word.casefold().strip(".")
    return plain in nobodys() or plain.endswith(endings()) or _CAMEL.match(word) is not None


def _is_word(word: str) -> bool:
    letters = word.removesuffix(".")
    if not letters[:1].isalpha() or letters[-1] in _INSIDE:
        return False
    return all(sign.isalpha() or sign in _INSIDE or unicodedata.category(sign)[0] == "M" for sign in letters)


def _unspaced_names(chunk: str, many: bool) -> Iterator[str]:
    """Names in Chinese, Japanese or Korean signs: what is left between outlets, desks and roles."""
    for part in _PARTS.split(chunk):
        said = [words for words in unspaced_role().split(part) if words.strip()]
        words = [word for word in (said or [""])[-1].split() if _is_unspaced_name(word)]
        if len(words) == 2 and not many and sum(map(len, words)) <= 5:
            yield " ".join(words)  # a family name and a given name
        else:
            yield from (word for word in words if len(word) >= 2)


def _is_unspaced_name(word: str) -> bool:
    if unspaced_collective().search(word) or not re.fullmatch(r"[^\W\d_a-zA-Z]+(?:・[^\W\d_]+)*", word):
        return False
    if re.fullmatch(f"[{_HAN}]+", word):
        return len(word) <= 5
    if re.search(r"[\uac00-\ud7af]", word):
        return 2 <= len(word) <= 5
    return len(word) <= 12


def _is_outlet(name: str, sites: frozenset[str]) -> bool:
    if is_agency(name):
        return True
    plain = f" {plain_name(name)} "
    return any((" " in site and f" {site} " in plain) or (len(plain) > 5 and plain in f" {site} ") for site in sites)


def _cased(name: str) -> str:
    """A name in capitals as names are written."""
    return name.title() if name.isupper() and name.isascii() and " " in name else name
