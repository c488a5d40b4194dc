"""What stands around an article by its own account: elements whose tag or name says that they are no running text.

Class names and ids are the words that content management systems, plugins and services share; they are believed when they
are whole words, and never of an element that the article itself stands in.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BY_TAG = {
    "nav": "navigation",
    "footer": "footer",
    "form": "form",
    "figcaption": "caption",
    "aside": "aside",
    "dialog": "dialog",
    "menu": "navigation",
}
_NAMES = re.compile(
    r"""
    (?:^|[\s_-])(?:
      (?P<caption>    wp-caption(?:-text|-dd)? | (?:img|image|photo|picture|media|figure|foto|bild|video)-?_?-?(?:caption|credit|legend|copyright)s?
                    | (?:caption|credit)-?_?-?(?:text|image|photo)? | bildunterschrift | cutline | figcaption )
    | (?P<embed>      twitter-(?:tweet|video|timeline) | tweet-?embed | instagram-media | fb-(?:post|video|page) | tiktok-embed | reddit-(?:card|embed\w*) | bluesky-embed
                    | telegram-(?:post|embed) | mastodon-embed | (?:twitter|instagram|facebook|tiktok|youtube)-?(?:embed|post|container|wrapper) | oembed | embed-?consent )
    | (?P<newsletter> newsletter[\w-]* | subscri(?:be|ption)s?(?:-\w+)* | sign-?up(?:-\w+)* | mc_embed[\w-]* | mailchimp[\w-]* | mailpoet[\w-]* )
    | (?P<share>      sharedaddy | share(?:-?(?:bars?|buttons?|tools?|links?|icons?|box|block|this|list|widget|menu))? | social(?:-?(?:shar\w+|bar|links?|icons?|media|buttons?|follow|list|nav|tools))?
                    | sharing | addtoany[\w-]* | addthis[\w-]* | a2a_\w+ | shariff[\w-]* | teilen )
    | (?P<related>    related(?:-?(?:posts?|articles?|content|stories|links?|news|items?|topics?|list|box|widget|entries|reading|coverage))? | jp-relatedposts | yarpp[\w-]*
                    | recommend(?:ed|ations?)(?:-\w+)* | read-?(?:more|next|also)(?:-\w+)* | more-?(?:from|on|stories|news|articles|like)(?:-\w+)* | also-?read | see-?also | mehr-?zum-?thema
                    | you-?may-?(?:also-?)?like | most-?(?:read|popular|viewed)(?:-\w+)* | trending(?:-\w+)* | popular-?posts? | up-?next | next-?article | taboola[\w-]* | outbrain[\w-]* | trc_\w+ | ob-widget\w* )
    | (?P<cookies>    cookies?-?(?:bar|banner|notice|consent|law|policy|popup|modal|wall|info|message|layer) | gdpr(?:-\w+)* | onetrust[\w-]* | cmp-?(?:banner|container|root)? | didomi[\w-]* | usercentrics[\w-]* | cky-[\w-]+ | cookiebot | cc-(?:window|banner) )
    | (?P<comments>   comments?-?(?:list|area|form|section|thread|container|wrapper|block|respond|body|content|count)? | disqus[\w-]* | fb-comments | respond | kommentare? | reader-comments | coral[\w-]* | livefyre[\w-]* | viafoura[\w-]* | comentarios? | commentaires? )
    | (?P<navigation> breadcrumbs?(?:-\w+)* | skip-?(?:link|to\w*)(?:-\w+)* | pagination | post-?navigation | nav-?links? | prev-?next | back-?to-?top | navbar(?:-\w+)* | main-?menu | site-?(?:header|footer|nav\w*|menu) | mega-?menu | language-?switcher )
    | (?P<author>     author-?_?-?(?:bio|box|card|info\w*|profile|description|about|details|avatar|social|follow) | about-?(?:the-)?author | post-?author-?(?:bio|box) )
    | (?P<tags>       post-?tags | tag-?_?-?(?:list|cloud|links|container|box)s? | (?:article|entry|story)-?_?-?tags | tags-?(?:list|links|container|wrapper) | tagcloud | entry-?(?:footer|utility) | cat-?links | post-?categories )
    | (?P<advert>     adsbygoogle | advert(?:isement|ising|s)?(?:-\w+)* | ad-?(?:slot|container|wrapper|banner|unit|box|label|block|text|placeholder)(?:-\w+)* | google-?ads? | dfp(?:-\w+)* | gpt-ad\w* | sponsored(?:-\w+)* | anzeige | werbung | publicidad | publicite )
    | (?P<hidden>     visually-?hidden\w* | sr-?only | screen-?reader(?:-text|s)?(?:-only)? | u-?hidden | is-?hidden | d-none | hidden-?(?:print|text|xs|mobile) | a11y-?hidden | assistive-?text | no-?script )
    | (?P<hover>      hover-?cards?(?:-\w+)* | tool-?tips?(?:-?(?:text|content|box|body|inner|panel|popup))? | pop-?overs?(?:-\w+)* | rollover(?:-\w+)*-(?:block|content|body|panel|card|popup)
                    | fly-?outs? | glossary-?(?:tooltip|definition|popup|text) )
    | (?P<player>     (?:audio|video|podcast|media|jw|tts|speech|vjs)-?_?-?(?:player|controls?|toolbar|playlist|info|meta)(?:-\w+)* | vjs-\w+ | jw-\w+ | video-?js | mejs-\w+ | plyr\w* | trinity-\w+ | elevenlabs\w* | beyondwords\w* )
    )(?=$|[\s_]|--)
    """,
    re.VERBOSE,
)
"""Names in small letters: to search them without regard to case takes three times as long."""
_LONGEST = 400


def scaffold_of(tag: str, names: str | None, ids: str | None) -> str | None:
    """The kind of scaffolding that an element says it is, by its tag, classes and id; or None."""
    if tag in _BY_TAG:
        return _BY_TAG[tag]
    return _named(names, ids) if names or ids else None


@lru_cache(20_000)
def _named(names: str | None, ids: str | None) -> str | None:
    found = _NAMES.search(f"{(names or '')[:_LONGEST]} {(ids or '')[:_LONGEST]}".lower())
    return found.lastgroup if found else None


SET_IN_LINE = frozenset({"hidden", "hover", "advert", "share", "player"})
"""Scaffolding that stands within sentences, so that the sentence is read without it; a link of any other name is a part of it."""
