"""What do an element's names say it is? The words that content management systems share for the parts of a page.

Names are those of ``class``, ``id``, ``itemprop`` and ``role``, split into words at hyphens, underscores and capitals. One
word can speak of several kinds; what a kind weighs is learned, not written here (see lines.py).
"""

from __future__ import annotations

import re
from functools import lru_cache, reduce
from operator import or_

KINDS: dict[str, str] = {
    "ad": r"ads?|adv|advert\w*|adslot|adbox|anzeigen?|werbung|publicidade?|publicite|pubs?|dfp|gpt|sponsor\w*|commercial|affiliate\w*|taboola|outbrain|promo\w*|native|partner\w*",
    "related": r"related\w*|relat\w*|recommend\w*|reco|recirc\w*|also|more|mehr|similar\w*|suggest\w*|next|further|onward|verwandt\w*|weitere\w*|trending|popular|mostread|read|readmore|see|zum|thema|latest|associated|linked|crosslinks?|interlink\w*|aufmacher",
    "list": r"lists?|links?|linklist|items?|cards?|teasers?|tease|grid|carousel|swiper|slider|slick|rail|river|feed|listing|stories|articles|posts|news|headlines|tiles?|collection|row|column|col|thumb\w*",
    "prompt": r"newsletters?|nl|subscri\w*|signup|sign|mailchimp|mc|abo\w*|paywall\w*|regwall|wall|piano|tp|offer\w*|cta|donat\w*|support\w*|member\w*|app|whatsapp|telegram|login|log|register\w*|registr\w*|premium|plus|form|prompt|push|notification\w*|inline|interstitial|mailing|optin|email",
    "share": r"shar\w*|social\w*|follow\w*|addthis|addtoany|sharedaddy|tools?|toolbar|toolbox|print\w*|bookmark\w*|copy|actions?|buttons?|btns?|icons?|save|facebook|twitter|linkedin|tweet|pinterest|google|teilen",
    "comment": r"comment\w*|disqus|respond|kommentar\w*|reply|replies|discuss\w*|feedback|rating\w*|vot\w*|polls?|umfrage|quiz|survey|reactions?|coral|conversation|forum",
    "caption": r"captions?|credits?|copyright|legende?|bildunterschrift|bildtext|bu|figcaption|cutline|caption\w*|pie|didascalia|source|quelle|photographer|rights",
    "media": r"bild\w*|images?|img|photos?|fotos?|pictures?|media|mediathek|figure|galler\w*|galerie|slideshow|slides?|videos?|players?|audio|podcasts?|teaserimage|multimedia|imagebox|thumbnail|visual|listen|vimeo|youtube|jw|brightcove",
    "embed": r"embed\w*|oembed|tweets?|twitter|instagram|facebook|fb|tiktok|widgets?|iframe|interactive|infographic\w*|datawrapper|chart|map|external\w*|consent|opt",
    "byline": r"bylines?|authors?|autor\w*|auteurs?|writers?|contributors?|profiles?|bio\w*|avatar|persons?|redakt\w*|reporter|journalist|about|signature|signatur|firma",
    "date": r"dates?|datum|fecha|data|times?|timestamp|publish\w*|pubdate|published|updated|posted|modified|meta\w*|info\w*|duration|reading|readtime|minutes",
    "title": r"titles?|headlines?|hed|heading|header|head|h1|ueberschrift|titre|titulo|titolo|baslik",
    "kicker": r"kickers?|eyebrow|overline|topline|spitzmarke|dachzeile|topics?|categor\w*|sections?|rubri\w*|labels?|badges?|tags?|flag|tagline|antetitulo|occhiello|roofline|keywords?|breadcrumbs?|crumbs?|channel|terms?",
    "standfirst": r"leads?|lede|leadtext|standfirst|standf|intro\w*|summar\w*|excerpt|abstract|description|desc|chapo|chapeau|dek|subtitle|subtitulo|subhead\w*|subheading|sapo|sommario|vorspann|unterzeile|sub|deck|entradilla|bajada|ozet|spot|anreisser|bullets?|highlights?|keypoints?",
    "chrome": r"nav\w*|menus?|masthead|footers?|foot|sidebars?|side|aside|bar|banner|cookies?|gdpr|modal\w*|popup|pop|overlay|toast|skip\w*|logo|search|toc|pagination|pager|paging|dropdown|tooltip\w*|site|global|sticky|fixed|drawer|language\w*|off|canvas|accessib\w*|error|alert\w*|message|hidden|hide|visually|sr|screen|noprint|nocontent|robots",
    "box": r"box\w*|infobox|facts?|factbox|kasten|callouts?|pull|pullquotes?|quotes?|zitat|panels?|notes?|timeline|accordion|glossary|definition|sidebox|container|inset|insert|module|modul|element|component|block|special|extra|extras|context|explainer|hinweis|disclaimer|correction|editor\w*",
    "body": r"article\w*|articlebody|content\w*|body\w*|text\w*|story\w*|entry|paragraphs?|para|main|richtext|rich|rte|prose|wysiwyg|copy|cuerpo|corpo|corps|texte|texto|testo|artikel\w*|inhalt|absatz|nota|noticia|detail\w*|post",
}
"""Words by kind; a kind's place in the table is its bit."""
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_LONGEST = 300
_BITS = tuple((1 << at, re.compile(words)) for at, words in enumerate(KINDS.values()))
_ANY = re.compile("|".join(KINDS.values()))
"""One look for the words that speak of nothing: most of a page's names are such, and on a hostile page there are 100,000."""


@lru_cache(20_000)
def kinds_of(names: tuple[str | None, ...]) -> int:
    """The kinds that these names speak of, a bit each."""
    words = _WORDS.findall(" ".join([name[:_LONGEST] for name in names if name]))
    return reduce(or_, map(_of_word, map(str.lower, words)), 0)


@lru_cache(20_000)
def _of_word(word: str) -> int:
    if _ANY.fullmatch(word) is None:
        return 0
    return sum(bit for bit, words in _BITS if words.fullmatch(word))
