"""What does a line speak of? Word stems that the web's boilerplate shares over languages, as hints and no more.

A hint never decides: what it weighs, and where on the page, is learned (see verdicts.py). Whole lines that are always
boilerplate are phrases in data/boilerplate.
"""

from __future__ import annotations

import re
from functools import lru_cache, reduce
from operator import or_

HINTS: dict[str, str] = {
    "prompting": r"newsletter\w*|subscri\w*|sign|abonn\w*|abo|iscri[vz]\w*|inscri[vtb]\w*|suscr\w*|assin\w*|regist\w*|anmeld\w*|подпи[сш]\w*|abone|donat\w*|spend[ei]\w*|whatsapp|telegram|apps?|inbox|postfach|briefing|premium|plus|exclusive|exklusiv|prenumer\w*|odebír\w*|订阅|訂閱|登録|購読|会員|اشترك|सब्सक्राइब",
    "sharing": r"shar\w*|teilen|partag\w*|compart\w*|condivid\w*|follow|folge\w?|suive[zs]|sígue\w*|segu[ie]\w*|facebook|twitter|instagram|linkedin|youtube|tiktok|поделит\w*|paylaş\w*|udostępn\w*|分享|シェア|フォロー|शेयर|شارك",
    "pointing": r"also|read|related|see|more|watch|listen|mehr|lesen|siehe|hier|auch|lire|voir|aussi|leer|lee|ver|más|leia|veja|mais|também|también|leggi|guarda|anche|читай\w*|смотри\w*|также|oku\w*|ilgili|haber\w*|lees|meer|ook|läs|les|også|även|přečt\w*|czytaj|zobacz|także|关联|相关|更多|関連|もっと|あわせて|अधिक|पढ़ें|المزيد|اقرأ",
    "picturing": r"photos?|photograph\w*|fotos?|images?|bild\w*|pictures?|pictured|credit|getty|reuters|shutterstock|afp|dpa|epa|ap|imago|video|copyright|写真|图片|圖|撮影|फोटो|फ़ोटो|фото|صورة",
    "sourcing": r"source|quellen?|fonte|fuente|sources|источник|kaynak|bron|källa|edit\w*|report\w*|writ\w*|redakt\w*|redaktion|by|von|par|por|contribut\w*|additional|mit|with|avec|con|来源|來源|出典|स्रोत|المصدر",
    "owning": r"copyright|rights?|rechte|derechos|direitos|droits|diritti|права|haklar\w*|reserved|reservados|vorbehalten|réservés|无断|無断|版权|轉載|转载|حقوق",
    "dating": r"updated?|aktualisiert|publish\w*|published|publi\w*|stand|veröffentlicht|posted|am|pm|uhr|est|gmt|jst|min|mins|minutes?|minuten|jan\w*|feb\w*|march|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|年",
    "correcting": r"correct\w*|fehler\w*|erreur|errors?|note|anmerkung|disclaimer|views|opinions?|opinion|kommentar\w*|comments?|commentaires?|comentarios?|feedback|meinung|tips?|contact\w*|kontakt\w*|e-?mail|error",
    "saying we": r"we|our|us|wir|unser\w*|uns|nous|notre|nos|nuestr\w+|noss\w+|nostr\w+|нас|наш\w*|мы|vår\w*|nasz\w*|私たち|我们",
    "saying you": r"you|your|yours|sie|ihr\w*|dich|dir|dein\w*|du|vous|votre|vos|usted|tus?|te|você|seu|вы|вас|ваш\w*|あなた|您|你",
    "being": r"is|ist|est|es|è|was|author|autor\w*|professor\w*|correspondent|korrespondent\w*|editor|senior|fellow|writer|journalist\w*|reporter\w*|columnist|lives|covers",
    "buying": r"buy|price|deal|amazon|euro|kaufen|shop\w*|offer\w*|free|kostenlos|gratis|trial|month|monat\w*|testen|angebot\w*|€",
}
"""Stems by what they speak of; a hint's place in the table is its bit."""
_BITS = tuple((1 << at, re.compile(stems)) for at, stems in enumerate(HINTS.values()))
_ANY = re.compile("|".join(HINTS.values()))
"""One look for the words that speak of nothing, as nearly all do."""
_LONGEST = 40
_SILENT: set[str] = set()
"""Words that were found to speak of nothing: to pass them over takes half the time of asking again."""
_MOST_SILENT = 50_000
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def hints_of(words: list[str]) -> int:
    """What these words, small letters, speak of: a bit each."""
    return reduce(or_, map(_of_word, {word[:_LONGEST] for word in words if word not in _SILENT}), 0)


@lru_cache(50_000)
def _of_word(word: str) -> int:
    if _UNSPACED.search(word):
        return sum(bit for bit, stems in _BITS if stems.search(word))
    if _ANY.fullmatch(word) is None:
        if len(_SILENT) < _MOST_SILENT:
            _SILENT.add(word)
        return 0
    return sum(bit for bit, stems in _BITS if stems.fullmatch(word))
