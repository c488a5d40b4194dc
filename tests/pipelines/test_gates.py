"""Pages that answer 200 and stand before the article, or where its site was."""

from __future__ import annotations

import pytest

from archive.article import Publisher
from archive.errors import NotAnArticle
from pipelines.derive import derive
from pipelines.page import Page

PARAGRAPHS = "".join(
    f"<p>The harbour masters of the strait met for the {n}th time on the old pier, and they agreed to publish what they had measured.</p>"
    for n in range(4, 20)
)


def read(markup: str) -> str:
    """The kind of gate that a page is; nothing for an article."""
    try:
        derive(
            Page(
                "https://example.org/2026/talks",
                markup.encode(),
                Publisher(id="x", name="The Example"),
                "text/html; charset=utf-8",
            )
        )
    except NotAnArticle as reason:
        return reason.kind
    return ""


def a_page(title: str, text: str = "", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{text}</body></html>"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Just a moment...", "<p>example.org needs to review the security of your connection before proceeding.</p>"),
        ("Attention Required! | Cloudflare", "<p>Please enable cookies.</p><p>Sorry, you have been blocked</p>"),
        (
            "Access Denied",
            "<p>You don't have permission to access this page on this server.</p><p>Reference #18.9a2</p>",
        ),
        (
            "Pardon Our Interruption",
            "<p>As you were browsing something about your browser made us think you were a bot.</p>",
        ),
        ("example.org", "<p>Please verify that you are a human.</p>"),
        ("Sicherheitsüberprüfung", "<p>Bitte bestätigen Sie, dass Sie kein Roboter sind.</p>"),
        ("Un instant…", "<p>Veuillez confirmer que vous n'êtes pas un robot.</p>"),
        ("Un momento, por favor", "<p>Verifique que es humano.</p>"),
        ("Verificação de segurança", "<p>Confirme que não é um robô.</p>"),
        ("Подтвердите, что вы не робот", "<p>Нам очень жаль.</p>"),
        ("请稍候…", "<p>请完成安全验证。</p>"),
        ("少々お待ちください...", "<p>人間であることを確認します</p>"),
        ("Making sure you're not a bot!", "<p>You are seeing this because the administrator has set up a guard.</p>"),
    ],
)
def test_a_check_for_humans_is_no_article(title: str, text: str) -> None:
    assert read(a_page(title, text)) == "bot check"


@pytest.mark.parametrize(
    "head",
    [
        "<script>window._cf_chl_opt={cType:'managed'}</script>",
        "<script src='https://ct.captcha-delivery.com/c.js'></script>",
        "<script id='anubis_challenge' type='application/json'>{}</script>",
        "<script>window.awsWafCookieDomainList=[];</script>",
    ],
)
def test_a_check_for_humans_is_known_by_its_source_in_any_language(head: str) -> None:
    assert read(a_page("example.org", "<p>Noscript.</p>", head)) == "bot check"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Before you continue to Example", "<p>We use cookies and data.</p><button>Accept all</button>"),
        ("We value your privacy", "<p>We and our 812 partners store and access information on a device.</p>"),
        ("Bevor Sie fortfahren", "<p>Wir und unsere Partner verwenden Cookies.</p>"),
        ("Avant de continuer", "<p>Nos partenaires et nous utilisons des cookies.</p>"),
    ],
)
def test_a_wall_of_consent_is_no_article(title: str, text: str) -> None:
    assert read(a_page(title, text)) == "consent"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Account Suspended",
            "<p>This Account has been suspended.</p><p>Contact your hosting provider for more information.</p>",
        ),
        (
            "Welcome to nginx!",
            "<p>If you see this page, the nginx web server is successfully installed and working.</p>",
        ),
        ("Apache2 Ubuntu Default Page: It works", "<p>This is the default welcome page.</p>"),
        ("example.org", "<p>This domain is for sale.</p>"),
    ],
)
def test_a_site_that_is_gone_is_no_article(title: str, text: str) -> None:
    assert read(a_page(title, text)) == "suspended"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Maintenance", "<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>"),
        ("Database Error", "<h1>Error establishing a database connection</h1>"),
        ("Site en maintenance", "<p>Revenez plus tard.</p>"),
        ("Технические работы", "<p>Приносим извинения.</p>"),
        ("メンテナンス中", "<p>しばらくお待ちください。</p>"),
    ],
)
def test_a_site_at_work_on_itself_is_no_article(title: str, text: str) -> None:
    assert read(a_page(title, text)) == "maintenance"


@pytest.mark.parametrize(
    "title",
    [
        "Access denied: how harbour masters are kept from the strait",
        "Just a moment: the pilots who wait for the tide",
        "Before you continue to the pier",
        "Security check",
        "Are you a robot?",
    ],
)
def test_an_article_of_such_a_title_stays(title: str) -> None:
    assert read(a_page(title, PARAGRAPHS)) == ""


def test_a_short_article_that_speaks_of_such_pages_stays() -> None:
    text = (
        "<p>Readers of three ministries' sites were asked to verify that they are human before they could read a statement, and the "
        "harbour masters say that the check kept them out for a day.</p><p>The ministry calls it a mistake of its provider, and says that "
        "it values the privacy of all who come, whoever they are and whatever they use.</p>"
    )
    assert read(a_page("Ministry's site asks its readers whether they are human", text)) == ""


def test_an_article_whose_site_guards_its_forms_stays() -> None:
    head = "<script src='https://www.google.com/recaptcha/api.js'></script><script src='https://js.datadome.co/tags.js'></script>"
    assert (
        read(
            a_page(
                "Harbour masters meet",
                "<p>They met on the old pier and agreed to publish what they measured.</p>" * 2,
                head,
            )
        )
        == ""
    )
