"""What is the article called? Its own headline, without the site's name; and what the page says beside it."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from w3lib.url import safe_url_string

from pipelines.documents import Document, as_list, html_text, text_at
from pipelines.text import even
from pipelines.headings import LONGEST, headings_of
from pipelines.sites import is_site_name, key, names_site, registrable as _domain, site_names, without_site
import unicodedata
from urllib.parse import unquote

def title_of(document: Document) -> str:
    """The headline that most voices of the page agree upon, as the page prints it; empty when it has none."""
    choices = ranked(document)
    return choices[0][1] if choices else ""

W = dict(h1=1.0, h1first=0.6, h1only=0.7, h1aside=0.3, h1own=0.5, h2=0.0, linked=1.0, h2seen=0.3, h2head=2.2, og=1.1, tw=0.5, ld=1.2, alt=0.35, name=0.35, win=0.8, meta=0.3, part=0.7, slug=0.8, site=-4.0, short=-1.0, order=-0.05)

def ranked(document):
    names = site_names(document)
    said = list(_said(document))
    heads = headings_of(document)
    groups = {}
    def add(text, what, n=1.0):
        k = key(text)
        if not k: return
        g = groups.setdefault(k, ({}, {}))
        g[0][what] = max(g[0].get(what, 0), n)
        g[1].setdefault(text, 0); g[1][text] += 1
        return k
    h1s = [h for h in heads if h.level == 1]
    good = [h for h in h1s if not h.aside and not names_site(h.text, names)]
    raw = [(voice, text, key(text)) for voice, text in said]
    saidkeys = {k for _, _, k in raw}
    lds = {k for v, _, k in raw if v in ('ld',)}
    printed = {}
    words = {}
    for h in heads:
        text = h.text
        if h.loose and key(h.loose) in saidkeys and not (h.level == 1 and key(h.whole) in saidkeys):
            text = h.loose
        words[h.at] = text
        printed.setdefault(key(text), (h, text))
        printed.setdefault(key(h.whole), (h, text))
    for h in h1s:
        text = words[h.at]
        k = add(text, 'h1aside' if h.aside else 'h1')
        if good and h is good[0]: add(text, 'h1first')
        if len(good) == 1 and h is good[0]: add(text, 'h1only')
        if h.own and not h.aside: add(text, 'h1own')
    for voice, text, k in raw:
        if k in printed and (printed[k][0].level == 1 or key(printed[k][1]) == k):
            add(printed[k][1], voice); continue
        cut = without_site(text, names)
        if cut != text and key(cut) in printed:
            add(printed[key(cut)][1], voice); continue
        hit = False
        if voice != 'ld' and k not in lds:
          for pk, (h, ptext) in printed.items():
            if len(pk) >= 8 and _edge(text, h.whole) or (len(key(ptext)) >= 8 and _edge(text, ptext)):
                if not names_site(ptext, names) and not h.aside and (h.level == 1 or h.own or h.linked):
                    add(ptext, voice, W['part']); hit = True
        add(cut, voice, 1.0 if not hit else 0.5)
    seen = set(); head = None
    for h in heads:
        text = words[h.at]
        k = key(text)
        if h.level > 1 and not h.aside and k not in seen:
            seen.add(k)
            if k in groups and not h.linked:
                if not good and head is None and not names_site(text, names): add(text, 'h2head'); head = h
                else: add(text, 'h2seen')
            elif (not good and (h.own or h.at == 0)) or h.linked:
                add(text, 'h2')
        if h.linked and k in groups and not good: add(text, 'linked')
    slug = _slug(document.page.url)
    out = []
    for n, (k, (voices, texts)) in enumerate(groups.items()):
        text = max(texts, key=lambda t: (texts[t]))
        f = dict(voices)
        f['slug'] = _slugged(text, slug)
        f['site'] = 1.0 if names_site(text, names) else 0.0
        f['short'] = 1.0 if len(k) < 8 else 0.0
        f['order'] = n
        score = sum(W[v] * x for v, x in f.items())
        out.append((score, text[:LONGEST], f))
    out.sort(key=lambda x: -x[0])
    return [(s, t, f) for s, t, f in out]

def _edge(text, part):
    if len(part) * 3 < len(text): return False
    a, b = text.casefold(), part.casefold()
    if a.startswith(b): return not a[len(b)].isalnum() if len(a) > len(b) else True
    if a.endswith(b): return not a[-len(b)-1].isalnum()
    return False

def _said(document):
    for voice, name in (('og','og:title'),('tw','twitter:title'),('meta','title'),('meta','headline'),('meta','dc.title'),('meta','parsely-title'),('meta','sailthru.title')):
        t = even(html_text(document.meta.get(name, "")))
        if t: yield voice, t
    for voice, name in (('ld','headline'),('alt','alternativeHeadline'),('name','name')):
        t = text_at(document.about, name)
        if t: yield voice, t
    element = document.tree.find(".//title")
    if element is not None:
        t = even(element.text_content())[:2*LONGEST]
        if t: yield 'win', t
    if document.page.announced_title: yield 'ld', even(document.page.announced_title)

def _slug(url):
    path = unquote(urlsplit(url).path)
    return set(w for w in re.findall(r"[^\W\d_]{3,}", _folded(path)))
def _folded(t):
    t = t.casefold().replace('ä','ae').replace('ö','oe').replace('ü','ue').replace('ß','ss')
    return "".join(c for c in unicodedata.normalize("NFKD", t) if not unicodedata.combining(c))
def _slugged(text, slug):
    if not slug: return 0.0
    words = set(re.findall(r"[^\W\d_]{3,}", _folded(text)))
    return len(words & slug) / max(1, len(words)) if words else 0.0


def summary_of(document: Document) -> str | None:
    """The standfirst: what the page offers as its description."""
    for candidate in (
        document.meta.get("og:description"),
        document.meta.get("description"),
        text_at(document.about, "description"),
        document.meta.get("twitter:description"),
    ):
        if candidate and len(candidate) > 20:
            return even(html_text(candidate))
    return None


def canonical_url(document: Document) -> str | None:
    """The page's own canonical link, where it points to the page's own domain."""
    for link in document.tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            try:
                url = safe_url_string(urljoin(document.page.url, link.get("href").strip()))
                host, own = urlsplit(url).hostname or "", urlsplit(document.page.url).hostname or ""
            except ValueError:
                return None
            return url if len(url) <= 2_083 and _domain(host) == _domain(own) else None
    return None


def section_of(document: Document) -> str | None:
    """The section the outlet puts it in."""
    section = document.meta.get("article:section") or text_at(document.about, "articleSection")
    return section[:100] or None


def tags_of(document: Document) -> tuple[str, ...]:
    """The outlet's own keywords, in its order."""
    words: list[str] = []
    for value in as_list(document.about.get("keywords")) or [
        document.meta.get("news_keywords") or document.meta.get("keywords", "")
    ]:
        words += [even(html_text(part)) for part in str(value).split(",")]
    return tuple(dict.fromkeys(word for word in words if 1 < len(word) <= 60))[:30]


