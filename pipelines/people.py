"""Which people does a byline name? What announces, joins and describes them is taken off; what is left must look like a name.

Names are as different as their countries ("Falsehoods Programmers Believe About Names"), so the rules are few: two to six
words of letters, capitals where a script has them, particles as they are ("van der", "bin", "de la"); and in scripts
without spaces a few signs. The words that are nobody's name are data: ``data/bylines/``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

import yaml

from pipelines.agencies import _agencies, _plain
from pipelines.documents import html_text
from pipelines.text import even

PIECE = "|"
"""What stands between two pieces of a byline that its page keeps apart, in elements of their own."""

_LONGEST = 400
_LONGEST_NAME, _MOST_WORDS = 50, 6
_LONGEST_INITIAL = len("Jr.")
_LONGEST_SIGN = 4
_KINDS = frozenset({"unspaced", "ending", "article"})
"""What is read apart in a data file: signs of scripts without spaces, endings of compounds, and what opens no name."""
_LONGEST_ANNOUNCEMENT = 50
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
_DIGIT = re.compile(r"\s?[^\s\d]*\d.*")
_PARTS = re.compile(
    rf"\s*(?:(?<=[^\W\d_]{{5}})\.\s|[,;•·、，،&+/／＝]|\s[-–—―]\s|(?<![{_KATAKANA}])・|・(?![{_KATAKANA}]))\s*"
)
_PARTICLES = frozenset(
    "a af al am ap at ath ben bin bint da dal dalla dai das de degli dei del della den der di do dos du e el"
    " het i ibn la las le li lo los y san st. st 't ten ter ud ul van vander vom von zu zum zur und".split()
)
_WORD = re.compile(
    r"""
    (?:[dDlLoO]['’‘]|(?:[aAeE][lnrszd]|[bB]in|[aA]bu|[uU]l)-)?   # d'Arcy, O'Hara, al-Assad, ed-Din
    [^\W\d_] (?:[^\W\d_] | \w(?<=[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff\u064b-\u0652]) | [\u0300-\u036f\u0900-\u0dff\u0e31-\u0e4e\u064b-\u0652\u200c\u200d] | ['’‘`´.-](?=[^\W\d_]))*
    \.?
    """,
    re.VERBOSE,
)
_CAMEL = re.compile(r"(?!Ma?c|Fitz|[DL][aei]|V[ao]n|O['’])[^\W\d_]*[a-zß-ÿ][A-ZÀ-Þ]")
_OUTLET = re.compile(
    r"redacc|news|press|zeitung|medi[ae]|radio|\btv|tv\b|redak|admin|editor|online|blog|team|web", re.IGNORECASE
)
_PEN_NAME = re.compile(r"[^\W\d_][\w.’'-]{1,23}")
_CASED = re.compile(r"[A-Za-z\u00c0-\u058f]")
"""Where a script has no capitals a word shows nothing: a section's name looks like a pen name."""


@lru_cache(maxsize=1024)
def people_in(text: str, sites: frozenset[str]) -> tuple[str, ...]:
    """The people of a byline, in order. ``sites`` are the names of the page's own outlet, made plain by ``plain_name``.

    >>> people_in("By Jane Doe, Middle East correspondent, and John O'Hara in Kyiv", frozenset())
    ('Jane Doe', "John O'Hara")
    """
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
    chunk = next(iter(_chunks(text)), "")
    name = re.split(r"\s*[,;·•—–@]\s*|\s-\s", chunk, maxsplit=1)[0].strip(" .:")
    if (
        not _PEN_NAME.fullmatch(name)
        or not _CASED.match(name)
        or name.isupper()
        or len(name) < 3
        or re.search(r"\.[a-z]{2,4}$", name)
    ):
        return None  # capitals are mostly an outlet's or an agency's initials
    if len(name) <= _LONGEST_SIGN and name.islower() and not begins_as_byline(text):
        return None  # an editor's sign in a newsroom: "kesm"
    if name.casefold() in _nobodys() or _by().match(name + " x") or _OUTLET.search(name):
        return None
    if _plain(name) in _agencies() or name.casefold() in _places() or _begins_site(plain_name(name), sites):
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
    if any(
        name is None or _plain(name["last"]) in _agencies() or _plain(name["first"]) in _agencies() for name in names
    ):
        return text
    return "; ".join(f"{name['first']} {name['last']}" for name in names if name)


def plain_name(text: str) -> str:
    """A name as it is compared: its words alone, in lower case."""
    return re.sub(r"\W+", " ", even(text).casefold()).strip()


def begins_as_byline(text: str) -> bool:
    """Does the text open with a word that announces an author, and go on? "By Jane Doe" · "文：王小明" · "Von und zu"."""
    start = text[:_LONGEST_ANNOUNCEMENT].replace(PIECE, " ")
    if start[:1] not in _first_signs() and re.split(r"[\s:：]", start.casefold(), maxsplit=1)[0] not in _first_words():
        return False
    found = _by().match(start)
    return found is not None and found.end() < len(text)


def _chunks(text: str) -> Iterator[str]:
    """The byline's pieces, without addresses, brackets, dates, and what belongs to photographers and editors."""
    line = even(html_text(text[:_LONGEST]))
    if wrapped := _WRAPPED.fullmatch(line):
        line = wrapped["inside"]
    line = re.sub(r"\s*[|｜•▪]\s*", PIECE, _BRACKETS.sub(PIECE, _ADDRESS.sub(PIECE, line)))
    if PIECE in line:
        line = _joining().sub(r" \g<and> ", line)
    if _CREDITED.search(line):  # the patterns below are long, and most bylines need none of them
        line = _others().sub(PIECE, _shared().sub(r"\g<by>: ", line))
    if PIECE in line:
        line = _alone().sub(r"\g<by>: ", line)
    chunks = line.split(PIECE)
    first = next((index for index, chunk in enumerate(chunks) if _by().match(chunk.strip())), 0)
    for label, chunk in pairwise(["", *chunks[first:]]):
        if not label.rstrip().endswith((":", "：")) and (bare := _by().sub("", _MONTH.sub("0", chunk.strip(" :,–—-")))):
            yield bare


def _spaced_names(chunk: str) -> Iterator[str]:
    is_described = False
    for piece in _PARTS.split(chunk):
        for place, part in enumerate(_and().split(piece)):
            if is_described and place == 0:
                continue  # "Jane Doe, senior fellow, Example Project, and John Roe": the project is hers
            name, has_role = _bare(part)
            is_described = has_role and not name
            if _is_person(name):
                yield name


def _is_described(chunk: str) -> bool:
    """Does a piece between two names say what one of them does, or nothing at all?"""
    return any(word.casefold().strip(".,:") in _roles() for word in chunk.split()) or not re.search(r"\w", chunk)


def _bare(part: str) -> tuple[str, bool]:
    """A name without the place, outlet or date after it and the roles around it; and whether there were any."""
    part = _after().sub("", " " + _DIGIT.sub("", _by().sub("", part.strip())))
    words = part.strip(" :*•-–—\"“”„'‘").split()
    roles, many = _roles(), len(words)
    while words and words[0].casefold().strip(".,:") in roles:
        del words[0]
    while words and words[-1].casefold().strip(".,:") in roles:
        del words[-1]
    if words and len(words[-1]) > _LONGEST_INITIAL:
        words[-1] = words[-1].rstrip(".")
    return " ".join(words), len(words) < many


def _is_person(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= _MOST_WORDS or len(name) > _LONGEST_NAME or name.casefold() in _places():
        return False
    if words[0].casefold() in _words("collectives.yaml", "article") or any(
        _is_nobodys(word) for word in words if word not in _PARTICLES
    ):
        return False
    full = [word for word in words if word not in _PARTICLES]
    if len(words) == 2 and len(words[1].strip(".")) == 1 or _INITIALS.fullmatch(words[0]):
        return False
    return len(full) >= 2 and all(
        _WORD.fullmatch(word) and not word[0].islower() or _is_prefixed(word) for word in full
    )


def _is_nobodys(word: str) -> bool:
    """Is the word a role's, an organisation's, a button's? Or compounded as only a brand's is: "WindEnergie"?"""
    plain = word.casefold().strip(".")
    return plain in _nobodys() or plain.endswith(_endings()) or _CAMEL.match(word) is not None


def _is_prefixed(word: str) -> bool:
    return bool(re.match(r"(?:[dl]['’]|(?:[ae][lnrszd])-|bin-)[^\W\d_]", word)) and _WORD.fullmatch(word) is not None


def _unspaced_names(chunk: str, many: bool) -> Iterator[str]:
    """Names in Chinese, Japanese or Korean signs: what is left between outlets, desks and roles."""
    for part in _PARTS.split(chunk):
        said = [words for words in _unspaced_roles().split(part) if words.strip()]
        words = [word for word in (said or [""])[-1].split() if _is_unspaced_name(word)]
        if len(words) == 2 and not many and sum(map(len, words)) <= 5:
            yield " ".join(words)  # a family name and a given name
        else:
            yield from (word for word in words if len(word) >= 2)


def _is_unspaced_name(word: str) -> bool:
    if _unspaced_collectives().search(word) or not re.fullmatch(r"[^\W\d_a-zA-Z]+(?:・[^\W\d_]+)*", word):
        return False
    if re.fullmatch(f"[{_HAN}]+", word):
        return len(word) <= 5
    if re.search(r"[\uac00-\ud7af]", word):
        return 2 <= len(word) <= 5
    return len(word) <= 12


def _is_outlet(name: str, sites: frozenset[str]) -> bool:
    if _plain(name) in _agencies():
        return True
    plain = f" {plain_name(name)} "
    return any((" " in site and f" {site} " in plain) or (len(plain) > 5 and plain in f" {site} ") for site in sites)


def _cased(name: str) -> str:
    """A name in capitals as names are written."""
    return name.title() if name.isupper() and name.isascii() and " " in name else name


@cache
def _words(file: str, kind: str = "") -> frozenset[str]:
    """The words of a data file, all languages together, or those of one kind that stands apart."""
    known = yaml.safe_load((Path(__file__).parent / "data" / "bylines" / file).read_text("utf-8"))
    return frozenset(
        str(w)
        for language, words in known.items()
        for w in words
        if (language == kind if kind else language not in _KINDS)
    )


@cache
def _signs() -> dict[str, list[str]]:
    known = yaml.safe_load((Path(__file__).parent / "data" / "bylines" / "words.yaml").read_text("utf-8"))
    signs = dict(known)
    signs["by"] = [
        word for language, words in known["by"].items() if language not in ("label", "unspaced") for word in words
    ]
    signs["label"] = known["by"]["label"]
    signs["by_unspaced"] = known["by"]["unspaced"]
    return signs


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _roles() -> frozenset[str]:
    return _words("roles.yaml")


@cache
def _nobodys() -> frozenset[str]:
    return _words("collectives.yaml") | _words("roles.yaml")


@cache
def _endings() -> tuple[str, ...]:
    """How compounds end that are an organisation's: "Bundesverband", "Tageszeitung"."""
    return tuple(_words("collectives.yaml", "ending"))


@cache
def _places() -> frozenset[str]:
    known = yaml.safe_load((Path(__file__).parent / "data" / "bylines" / "places.yaml").read_text("utf-8"))
    return frozenset(place.casefold() for place in known)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(word.split()[0].casefold() for key in ("by", "label") for word in _signs()[key])


@cache
def _first_signs() -> frozenset[str]:
    return frozenset(word[0] for word in _signs()["by_unspaced"])


@cache
def _by() -> re.Pattern[str]:
    spaced, label, unspaced = (_either(_signs()[key]) for key in ("by", "label", "by_unspaced"))
    return re.compile(
        rf"\A(?:(?:{spaced})(?:\s?[:：]\s?|\s(?!$))|(?:{label})(?:\s?(?:&|\+|/|und|and|et|y|e)\s?\w{{3,15}})?\s?[:：]\s?|(?:{unspaced})\s?(?:[:：／/|｜●◎○=＝◆■]\s?|\s))+",
        re.IGNORECASE,
    )


@cache
def _alone() -> re.Pattern[str]:
    """A word that announces, in an element of its own."""
    return re.compile(
        rf"(?<!\w)(?P<by>(?:{_either([*_signs()['by'], *_signs()['label'], *_signs()['by_unspaced']])}))\s?[:：]?\s?[{PIECE}]\s?[:：]?\s?",
        re.IGNORECASE,
    )


@cache
def _shared() -> re.Pattern[str]:
    """Who wrote and took the photos: "Text & Fotos:", "文・写真："."""
    return re.compile(
        rf"(?<!\w)(?P<by>{_either([*_signs()['by'], *_signs()['label']])})\s?(?:&|\+|/|and|und|et|y|e)\s?(?:{_either(_signs()['others'])})\s?[:：]\s?",
        re.IGNORECASE,
    )


@cache
def _others() -> re.Pattern[str]:
    spaced, unspaced = _either(_signs()["others"]), _either(_signs()["others_unspaced"])
    return re.compile(
        rf"(?:(?<!\w)(?:{spaced})\s?(?:[:：©]\s?[{PIECE}]?|(?:by|von|par|por|di|de)\s?[:：]?[\s{PIECE}]\s?[:：]?[{PIECE}]?)|(?:{unspaced})\s?[:：／/●◎=＝]\s?[{PIECE}]?)[^{PIECE}]*",
        re.IGNORECASE,
    )


@cache
def _and() -> re.Pattern[str]:
    short = [word for word in _signs()["and"] if len(word) == 1]
    long = [word for word in _signs()["and"] if len(word) > 1]
    two_words = r"(?=[^\W\d_]\S*\s[^\W\d_])"  # "José Ortega y Gasset" is one man
    return re.compile(rf"(?:^|\s)(?:{_either(long)})\s|\s(?:{_either(short)})\s{two_words}|(?<=\S)\sと\s?")


@cache
def _joining() -> re.Pattern[str]:
    """What joins two people, before an element's end."""
    return re.compile(
        rf"[{PIECE}]?\s?(?P<and>,|&|;|(?<![^\s{PIECE}])(?:{_either(_signs()['and'])})(?=\s?[{PIECE}]))\s?[{PIECE}]?"
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s(?:{_either(_signs()['after'])})(?:\s.*)?$")


@cache
def _unspaced_roles() -> re.Pattern[str]:
    return re.compile(_either(_words("roles.yaml", "unspaced")))


@cache
def _unspaced_collectives() -> re.Pattern[str]:
    return re.compile(_either(_words("collectives.yaml", "unspaced")))
