"""What says of itself that it is no running text: by its tag, or by a name that systems share."""

from __future__ import annotations

import pytest

from pipelines.structure import scaffold_of


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("wp-caption-text", "caption"),
        ("article__image image-caption", "caption"),
        ("twitter-tweet", "embed"),
        ("instagram-media", "embed"),
        ("newsletter-signup-box", "newsletter"),
        ("mc_embed_signup", "newsletter"),
        ("sharedaddy sd-sharing-enabled", "share"),
        ("social-share", "share"),
        ("jp-relatedposts", "related"),
        ("related-articles", "related"),
        ("read-more-link", "related"),
        ("taboola-below-article", "related"),
        ("cookie-banner", "cookies"),
        ("onetrust-banner-sdk", "cookies"),
        ("comments-area", "comments"),
        ("disqus_thread", "comments"),
        ("breadcrumbs", "navigation"),
        ("author-bio", "author"),
        ("post-tags", "tags"),
        ("adsbygoogle", "advert"),
        ("ad-slot-mobile", "advert"),
        ("sr-only", "hidden"),
        ("tooltip-content", "hover"),
        ("audio-player", "player"),
    ],
)
def test_a_name_that_systems_share_is_scaffolding(names: str, kind: str) -> None:
    assert scaffold_of("div", names, None) == kind
    assert scaffold_of("div", None, names) == kind


@pytest.mark.parametrize(
    "names",
    [
        "article-body",
        "content",
        "adriatic",
        "shareholders-report",
        "commentary",
        "correlated",
        "story",
        "leadership",
        "subhead",
        None,
        "",
    ],
)
def test_a_name_that_only_sounds_so_is_none(names: str | None) -> None:
    assert scaffold_of("div", names, None) is None


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("nav", "navigation"), ("footer", "footer"), ("form", "form"), ("figcaption", "caption"), ("p", None)],
)
def test_some_tags_speak_for_themselves(tag: str, kind: str | None) -> None:
    assert scaffold_of(tag, None, None) == kind
