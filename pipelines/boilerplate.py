"""Which of the extracted lines are boilerplate? Phrases by language, as data, each with the place it holds for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import dropwhile
from pathlib import Path

import yaml

from pipelines.deriving import Dropped
from pipelines.folding import folded
from pipelines.phrases import LONGEST, Phrase, Phrases, Place

_FOLDER = Path(__file__).parent / "data" / "boilerplate"
_WORDS = "words"
"""The file of words that phrases of all languages share; it has no rules."""
_TAIL = 0.4
"""A heading that opens the page's end ("Related posts") is believed in the last 40% of the lines only."""
_LONGEST_TEASER = 220
"""Characters of a line that may still be a teaser under such a heading; a paragraph of the article is longer."""
_PARAGRAPH = 150
"""Characters from which a line that matches no phrase is a paragraph of the article: before the first is the head, after the last the tail."""
_FEW = 8
"""Lines of a page so short that all of it is edge."""
_MOST_SENTENCES = 6
_LONGEST_OPENING = 150
"""Characters of the first of several sentences: a prompt opens short ("Enjoyed this article? …")."""
_LONGEST_BYLINE = 110
_MOST_IN_BYLINE = 6
"""Words beside the names in a byline: "By Jane Doe and John Roe, Berlin correspondent, 3 May 2024"."""
_SHORTEST_TITLE = 15
"""Letters of a title that is known again behind its kicker."""
_LONGEST_KICKER = 60
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_GAPS = frozenset({"*", "after *"})
_HEADLINE_GAPS = frozenset({"title"})
"""What cannot end in a full stop: a headline, and, without a label such as "Photo:" before it, a name."""
_LABEL = re.compile("[:©/=]")
_FULL_STOPS = (".", "。", "।", "۔")
_SENTENCE = re.compile(r"(?<=[?!؟])\s*(?=\S)|(?<=[.…:])\s+(?=\S)|(?<=[。！？।۔])|\s*[|•·‧・]\s*|\s+[/–—]\s+")


def without_boilerplate(
    lines: Sequence[str],
    title: str,
    section: str | None = None,
    authors: Sequence[str] = (),
    language: str | None = None,
) -> tuple[list[str], list[Dropped]]:
    """Split lines into those of the article and those that are not: its title, section and byline are fields.

    Phrases of all languages apply, for pages mix them and declare wrong ones; ``language`` (ISO 639-1) only says
    whose rule is named where several fit. Lines above the limit of length are never looked at.
    """
    kept: list[str] = []
    dropped: list[Dropped] = []
    fitting = [_fitting(line) for line in lines]
    head, tail = _head_and_tail(lines, fitting)
    end = _end(lines, fitting)
    for at, line in enumerate(lines):
        if at > end:
            dropped.append(Dropped(line, "end of the article"))
            continue
        at_head, at_tail = at < head, at >= tail
        rule = _repeated(line, title, section, authors, at_head=at_head, at_tail=at_tail)
        rule = rule or _named(fitting[at], at_head=at_head, at_tail=at_tail, language=language)
        if rule:
            dropped.append(Dropped(line, rule))
        else:
            kept.append(line)
    return kept, dropped


def is_disclaimer(line: str) -> bool:
    """Does the outlet say here that the views are not its own?"""
    return len(line) <= LONGEST and _disclaimers().may_fit(line) and bool(_disclaimers().fitting(folded(line)))


@cache
def rules_digest() -> str:
    """A digest of all rules, words and trees, by which an article says what was applied to it."""
    files = sorted(path for path in _FOLDER.parent.rglob("*") if path.suffix in (".yaml", ".npz"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:12]


def _repeated(
    line: str, title: str, section: str | None, authors: Sequence[str], *, at_head: bool, at_tail: bool
) -> str | None:
    """Around the first paragraph stand the title, the section and the byline, each a field of the article."""
    if not (at_head or at_tail) or len(line) > LONGEST:
        return None
    plain = _bare(line)
    if at_head and _is_title(plain, _bare(title), line):
        return "title"
    if at_head and section and plain == _bare(section):
        return "section"
    sentence = len(line) > _LONGEST_BYLINE or line.endswith(_FULL_STOPS)
    return "byline" if not sentence and _is_byline(plain, authors) else None


@lru_cache(512)  # the title and the authors are asked for with each line
def _bare(text: str) -> str:
    """Letters and digits alone: punctuation differs between a headline and its repetition."""
    return " ".join(_WORD.findall(folded(text)))


def _is_title(plain: str, title: str, line: str) -> bool:
    """The title, or with its kicker before it ("Kicker: The title"), or the kicker alone."""
    if not plain or plain == title:
        return bool(plain)
    if len(title) < _SHORTEST_TITLE or line.endswith((".", "。")):
        return False
    return plain.endswith(title) and len(plain) <= len(title) + _LONGEST_KICKER


def _is_byline(plain: str, authors: Sequence[str]) -> bool:
    """The authors' names with what stands around names: "By", "and", a role, a place, a date."""
    names = [name for name in map(_bare, authors) if name and name in plain]
    if not names:
        return False
    rest = plain
    for name in names:
        rest = rest.replace(name, " ")
    before = plain[: min(plain.index(name) for name in names)].strip()
    return (not before or before in _words()["by"]) and len(rest.split()) <= _MOST_IN_BYLINE


def _fitting(line: str) -> list[Phrase]:
    """The phrases that a line consists of: one that is all of it, or one for each of its sentences."""
    if len(line) > LONGEST:
        return []
    if whole := _said(line):
        is_said = line.endswith(_FULL_STOPS) and " " not in line.strip()  # no button says "Yes.": somebody does
        return [
            phrase
            for phrase in whole
            if phrase.place != "beside" and not (is_said and phrase.rule.endswith("/controls"))
        ]
    first = _SENTENCE.search(line, 1, _LONGEST_OPENING + 1)
    if (
        first is None
        or first.end() > _LONGEST_OPENING
        or not (_said(line[: first.end()]) or not folded(line[: first.end()]))
    ):
        return []
    sentences = [sentence for sentence in _SENTENCE.split(line) if folded(sentence)]
    if not 1 < len(sentences) <= _MOST_SENTENCES:
        return []
    said = [_said(sentence) for sentence in sentences]
    named = [phrase for phrases in said for phrase in phrases if phrase.place != "beside"]
    return named if all(said) else []


def _said(sentence: str) -> list[Phrase]:
    if not _phrases().may_fit(sentence):
        return []
    plain = folded(sentence)
    found = _phrases().fitting(plain)
    if any(_SENTENCE_GAPS & phrase.gaps for phrase in found) and _reports(plain):
        return [phrase for phrase in found if not _SENTENCE_GAPS & phrase.gaps]
    if sentence.rstrip().endswith(_FULL_STOPS):
        no_sentence = _HEADLINE_GAPS if _LABEL.search(plain) else _HEADLINE_GAPS | {"name at the end"}
        found = [phrase for phrase in found if not no_sentence & phrase.gaps]
    if any("person" in phrase.gaps for phrase in found) and not _ends_in_a_name(sentence):
        return [phrase for phrase in found if "person" not in phrase.gaps]
    return found


def _ends_in_a_name(sentence: str) -> bool:
    """Does a name stand behind the first word ("By Jane Doe"), and not just any words ("By and by")?

    >>> _ends_in_a_name("Propos recueillis par Jeanne Dupont, à Oslo"), _ends_in_a_name("Von Berlin nach Kiew")
    (True, False)
    """
    if sentence.lower() == sentence.upper():
        return True  # a script without capitals
    behind = sentence.split(",", maxsplit=1)[0].split()[1:]
    name = list(dropwhile(str.islower, behind))
    return bool(name) and all(not word.islower() or word in _words()["by"] for word in name)


def _reports(plain: str) -> bool:
    """Is it a sentence about what somebody said or did, which may well be "sign up for our newsletter"?"""
    return _speech().search(plain) is not None


def _head_and_tail(lines: Sequence[str], fitting: Sequence[list[Phrase]]) -> tuple[int, int]:
    """Where the head ends and the tail begins: at the first and after the last paragraph, but a quarter of the lines at least."""
    if len(lines) < _FEW:
        return len(lines), 0
    paragraphs = [at for at, line in enumerate(lines) if not fitting[at] and len(line) >= _PARAGRAPH]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (len(lines), -1)
    return max(first, len(lines) // 4), min(last + 1, len(lines) - len(lines) // 4)


def _named(fitting: Sequence[Phrase], *, at_head: bool, at_tail: bool, language: str | None) -> str | None:
    rules = [phrase.rule for phrase in fitting if _holds(phrase, at_head=at_head, at_tail=at_tail)]
    return next((rule for rule in rules if rule.startswith(f"{language}/")), rules[0] if rules else None)


def _holds(phrase: Phrase, *, at_head: bool, at_tail: bool) -> bool:
    match phrase.place:
        case "head":
            return at_head
        case "tail":
            return at_tail
        case "edge":
            return at_head or at_tail
        case "end":
            return at_tail or not phrase.gaps  # "More from <name>" may be a heading of the article's
        case _:
            return True


def _end(lines: Sequence[str], fitting: Sequence[list[Phrase]]) -> int:
    """Where the article ends: at a heading such as "Related posts" after which only teasers come."""
    at = len(lines)
    while at > len(lines) * (1 - _TAIL) and (fitting[at - 1] or len(lines[at - 1]) <= _LONGEST_TEASER):
        at -= 1
    headings = (here for here in range(at, len(lines)) if any(phrase.place == "end" for phrase in fitting[here]))
    return next(headings, len(lines))


@cache
def _phrases() -> Phrases:
    return Phrases(_rules(), _words())


@cache
def _disclaimers() -> Phrases:
    return Phrases((rule for rule in _rules() if rule[0].endswith("/disclaimer")), _words())


@cache
def _rules() -> list[tuple[str, Place, str]]:
    return [
        (f"{path.stem}/{rule}", place, phrase.strip())
        for path in sorted(_FOLDER.glob("*.yaml"))
        if path.stem != _WORDS
        for rule, places in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader).items()
        for place, phrases in places.items()
        for phrase in phrases.splitlines()
        if phrase.strip() and not phrase.lstrip().startswith("# ")
    ]


@cache
def _words() -> dict[str, list[str]]:
    written = yaml.load((_FOLDER / f"{_WORDS}.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return {
        kind: [word.strip() for word in words.replace("\n", ",").split(",") if word.strip()]
        for kind, words in written.items()
    }


@cache
def _speech() -> re.Pattern[str]:
    words = sorted({folded(word) for word in _words()["speech"]}, key=len, reverse=True)
    spaced = "|".join(re.escape(word) for word in words if word < "\u3000")
    unspaced = "|".join(re.escape(word) for word in words if word >= "\u3000")
    plain_form = "(?<!ま)(?<!で)した|った|いた|れた|せた|けた|めた|えた|ている|である|だった|という|となる|れる|ない"
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)|{unspaced}|(?:{plain_form})$")
