"""What says of itself that it is no running text: by its tag, or by a name that systems share."""

from __future__ import annotations

import pytest
from pages_of import article

from pipelines.extraction import Fields, extracted_lines
from pipelines.structure import scaffold_of

KINDS = {
    "caption": ["wp-caption-text", "image-caption", "img_credit", "photo-credit", "caption", "figcaption", "bildunterschrift", "cutline"],
    "embed": ["twitter-tweet", "instagram-media", "fb-post", "tiktok-embed", "reddit-card", "youtube-container", "embed-consent"],
    "newsletter": ["newsletter", "newsletterSignup", "newsletter-signup", "subscribe-box", "subscription-form", "sign-up", "signup-form", "mc_embed_signup", "mailpoet_form"],
    "share": ["sharedaddy", "share-buttons", "social-share", "share", "addtoany_share_save_container", "a2a_kit", "shariff", "teilen"],
    "related": ["related", "related-posts", "jp-relatedposts", "yarpp-related", "recommended-stories", "read-more", "more-from-author", "most-popular", "you-may-also-like", "taboola-below-article", "OUTBRAIN", "trc_related_container"],
    "cookies": ["cookie-banner", "cookie-notice", "gdpr-consent", "onetrust-banner-sdk", "cmp-container", "didomi-popup", "cky-consent-bar", "cc-window"],
    "comments": ["comments", "comment-list", "comments-area", "disqus_thread", "fb-comments", "respond", "kommentare", "comentarios"],
    "navigation": ["breadcrumb", "breadcrumbs-list", "skip-link", "pagination", "post-navigation", "navbar-nav", "main-menu", "site-header", "site-footer", "language-switcher"],
    "author": ["author-bio", "author_box", "authorinfo", "about-the-author", "post-author-bio"],
    "tags": ["post-tags", "tag-list", "tag-links", "article-tags", "tagcloud", "entry-footer", "cat-links"],
    "advert": ["adsbygoogle", "advertisement", "ad-slot", "ad-container-top", "google-ads", "sponsored-content", "anzeige", "publicidad"],
    "hidden": ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "is-hidden", "d-none", "assistive-text"],
    "hover": ["hovercard", "hover-card-body", "tooltip", "tooltip-text", "popover", "flyout", "glossary-tooltip"],
    "player": ["audio-player", "video-player-wrap", "vjs-control-bar", "video-js", "jw-controls", "mejs-container", "plyr"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names])
def test_the_names_that_the_web_shares_say_what_an_element_is(kind: str, name: str) -> None:
    assert scaffold_of("div", name, None) == kind
    assert scaffold_of("div", None, name) == kind
    assert scaffold_of("section", f"row {name.upper()} wide", "x1") == kind


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("nav", "navigation"),
        ("menu", "navigation"),
        ("footer", "footer"),
        ("form", "form"),
        ("figcaption", "caption"),
        ("aside", "aside"),
        ("dialog", "dialog"),
    ],
)
def test_some_tags_say_it_themselves(tag: str, kind: str) -> None:
    assert scaffold_of(tag, None, None) == kind
    assert scaffold_of(tag, "article-body", "content") == kind


@pytest.mark.parametrize(
    "tag", ["article", "main", "section", "header", "div", "p", "ul", "table", "blockquote", "figure"]
)
def test_other_tags_say_nothing(tag: str) -> None:
    assert scaffold_of(tag, None, None) is None
    assert scaffold_of(tag, "", "") is None


@pytest.mark.parametrize(
    "name",
    [
        "article-body",
        "entry-content",
        "post",
        "story",
        "content",
        "text",
        "paragraph",
        "article__content",
        "correlated",
        "adriatic",
        "leadership",
        "subhead",
        "unrelated-events",
        "commentary",
        "opinion-commentary",
        "shared-history",
        "shareholders",
        "antisocial",
        "socialism",
        "adventure",
        "address",
        "adaptive",
        "download",
        "header",
        "lead",
        "readable",
        "reading",
        "spread-more",
        "tagesschau",
        "vintage",
        "authority",
        "authors",
        "formation",
        "responded",
        "respondents",
        "cookiecutter",
        "cookies",
        "hiddenite",
        "players",
        "navy",
        "captional",
        "publicity",
        "hovering",
    ],
)
def test_names_that_only_look_like_it_are_believed_nothing(name: str) -> None:
    assert scaffold_of("div", name, None) is None
    assert scaffold_of("div", None, name) is None


def test_what_has_no_end_is_read_up_to_a_bound() -> None:
    assert scaffold_of("div", "share " * 100_000, None) == "share"
    assert scaffold_of("div", "wide " * 100_000 + "share", None) is None
    assert scaffold_of("div", "wide " * 100_000, "share") == "share"


@pytest.mark.parametrize(
    "name", [names[0] for names in KINDS.values()] + ["subscribe", "subscribe-s", "more-from", "rollover"]
)
@pytest.mark.parametrize("more", ["a", "-a", "s", "-ss", "_a", "-"])
def test_a_name_that_nearly_is_one_is_read_as_soon_as_another(name: str, more: str) -> None:
    assert scaffold_of("div", name + more * 60 + "!", None) in (None, *KINDS)


@pytest.mark.parametrize("name", [names[0] for names in KINDS.values()])
@pytest.mark.parametrize("tag", ["div", "form", "aside", "footer"])
def test_what_holds_the_article_is_no_scaffolding_whatever_it_is_called(tag: str, name: str) -> None:
    page = article(f"</article><{tag} class='{name}'><article>")
    found = extracted_lines(page, Fields("Ministers agree"))
    assert found.lines
    assert not [one for one in found.dropped if one.rule.startswith("structure/")]
