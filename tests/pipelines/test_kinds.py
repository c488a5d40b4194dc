from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of import TEXT, article, document

from archive.article import DocumentKind, Publisher
from pipelines.documents import Document, document_of
from pipelines.kinds import Told, kind_of
from pipelines.page import Page

NOTHING = Told(section=None, filed=False, disclaimed=False)
BODY = [f"{TEXT * 2}{number}" for number in range(8)]


def linked(kind: str, **fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": kind, **fields})}</script>'


def page(
    head: str = "", publisher: str | None = None, url: str = "https://example.org/2024/05/ministers-agree"
) -> Document:
    content = f"<html><head>{head}</head><body><h1>Ministers agree</h1><p>{TEXT * 3}</p></body></html>".encode()
    return document_of(Page(url, content, Publisher(id="example", name="The Example", kind=publisher)))


def titled(title: str, head: str = "", publisher: str | None = None) -> DocumentKind:
    return kind_of(page(head, publisher), title, BODY, NOTHING)


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("communiqué", "Joint Statement by the Foreign Ministers of Freedonia and Sylvania"),
        ("communiqué", "Joint Leaders' Statement of the Two Islands"),
        ("communiqué", "Gemeinsame Erklärung der Außenminister zu Freedonien"),
        ("communiqué", "Communiqué conjoint des ministres des Affaires étrangères"),
        ("communiqué", "Déclaration conjointe sur la mer du Nord"),
        ("communiqué", "Declaración conjunta de los presidentes"),
        ("communiqué", "Comunicado conjunto entre os dois governos"),
        ("communiqué", "Dichiarazione congiunta dei ministri degli Esteri"),
        ("communiqué", "Совместное заявление министров иностранных дел"),
        ("communiqué", "Спільна заява міністрів закордонних справ"),
        ("communiqué", "Wspólne oświadczenie ministrów spraw zagranicznych"),
        ("communiqué", "共同声明"),
        ("communiqué", "中华人民共和国和某国联合声明（全文）"),
        ("communiqué", "한미 공동성명"),
        ("communiqué", "بيان مشترك لوزراء الخارجية"),
        ("communiqué", "संयुक्त वक्तव्य: दोनों देशों के मंत्री"),
        ("communiqué", "Pernyataan bersama para menteri luar negeri"),
        ("communiqué", "Ortak bildiri: dışişleri bakanları"),
        ("readout", "Readout of President Doe’s Call with Prime Minister Roe"),
        ("readout", "Prime Minister Doe's meeting with President Roe - readout"),
        ("readout", "Telefonat des Bundeskanzlers mit dem Präsidenten von Freedonien"),
        ("readout", "Entretien téléphonique avec le Président de la Sylvanie"),
        ("readout", "О телефонном разговоре министра с министром иностранных дел"),
        ("readout", "日・フリードニア外相電話会談"),
        ("readout", "某某同某国外长通电话"),
        ("transcript", "Transcript: Secretary Doe speaks with reporters"),
        ("transcript", "Department Press Briefing – May 3, 2024"),
        ("transcript", "Remarks by President Doe at the Harbour"),
        ("transcript", "Rede von Bundesminister Max Muster bei der Hafenkonferenz"),
        ("transcript", "Mitschrift der Pressekonferenz"),
        ("transcript", "Discours du Président de la République devant les ambassadeurs"),
        ("transcript", "Discurso del presidente en la conferencia"),
        ("transcript", "Выступление министра на конференции"),
        ("transcript", "外務大臣会見記録"),
        ("transcript", "2024年5月3日外交部发言人某某主持例行记者会"),
        ("transcript", "【全文】首相の記者会見"),
        ("statement", "Press Statement by the Spokesperson on the Harbour"),
        ("statement", "Statement of the Minister on the treaty"),
        ("statement", "Pressemitteilung: Neuer Vertrag"),
        ("statement", "Communiqué de presse – réunion des ministres"),
        ("statement", "Comunicado de prensa sobre el puerto"),
        ("statement", "Nota à imprensa sobre o porto"),
        ("statement", "Заявление МИД о договоре"),
        ("statement", "外務大臣談話"),
        ("statement", "بيان صحفي حول الميناء"),
        ("op-ed", "Opinion: The harbour needs no wall"),
        ("op-ed", "Kommentar: Der Hafen braucht keine Mauer"),
        ("op-ed", "Tribune. Le port n’a pas besoin de mur"),
        ("op-ed", "Editorial: El puerto"),
        ("op-ed", "Opinião | O porto"),
        ("op-ed", "Мнение: порту не нужна стена"),
        ("op-ed", "社説：港に壁はいらない"),
        ("op-ed", "社评：港口不需要墙"),
        ("op-ed", "[사설] 항구에 벽은 필요 없다"),
        ("op-ed", "رأي: الميناء لا يحتاج إلى جدار"),
        ("op-ed", "Yorum: Limana duvar gerekmez"),
        ("analysis", "Analysis: What the treaty means"),
        ("analysis", "Explainer: What is a harbour?"),
        ("analysis", "Analyse: Was der Vertrag bedeutet"),
        ("analysis", "Décryptage : ce que dit le traité"),
        ("analysis", "Análisis: qué dice el tratado"),
        ("analysis", "Анализ: что значит договор"),
        ("analysis", "【解説】条約の意味"),
        ("analysis", "分析：条约的意义"),
        ("live blog", "Live: Ministers meet at the harbour"),
        ("live blog", "Liveticker: Die Minister am Hafen"),
        ("live blog", "EN DIRECT. Les ministres au port"),
        ("live blog", "En directo | Los ministros en el puerto"),
        ("live blog", "Diretta: i ministri al porto"),
        ("live blog", "Онлайн-трансляция: министры в порту"),
        ("live blog", "Canlı: Bakanlar limanda"),
        ("live blog", "مباشر | الوزراء في الميناء"),
        ("live blog", "【直播】部长在港口"),
        ("briefing", "Morning Briefing: what happened at the harbour"),
        ("briefing", "Presseschau vom 3. Mai"),
        ("briefing", "Revue de presse du 3 mai"),
        ("briefing", "Resumen de la semana en el puerto"),
        ("briefing", "Обзор прессы за 3 мая"),
        ("briefing", "国际早报"),
    ],
)
def test_a_title_opens_with_its_kind(kind: str, title: str) -> None:
    assert titled(title) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Joint statements rarely change much, diplomats say",
        "Ministers sign joint declaration",
        "Minister makes statement, and nobody listens",
        "Live music returns to the harbour",
        "Livestock prices fall",
        "Opinions differ on the treaty",
        "Opinion polls see the government ahead",
        "Analysts expect a treaty",
        "Column of tanks seen near the harbour",
        "Transcripts leaked from the ministry",
        "Readout speed of a new sensor doubles",
        "Meinungen zum Vertrag gehen auseinander",
        "Kommentare gesperrt",
        "Erklärung gesucht",
        "Redezeit der Minister wird begrenzt",
        "Tribunal juge un ministre",
        "Direction le port",
        "Directores de escuela piden más dinero",
        "Opinión pública, a favor del tratado",
        "Мнения разошлись",
        "Онлайн-торговля растёт",
        "社説を読む人が減った",
        "分析装置を発売",
        "直播带货增长",
        "사설학원 늘어",
        "Canlılar nasıl evrildi",
        "",
    ],
)
def test_what_only_looks_like_a_kind_is_unknown(title: str) -> None:
    assert titled(title) == "unknown"


@pytest.mark.parametrize(
    "title",
    [
        "Remarks by minister anger the fishermen",
        "Intervención de la policía en el puerto",
        "Déclaration du ministre : la pêche reprend",
        "外交部发言人谈话",
        "О телефонном разговоре президента рассказали в порту",
    ],
)
def test_what_a_ministry_calls_a_document_opens_a_newspapers_report(title: str) -> None:
    assert titled(title) != "report"
    assert titled(title, linked("NewsArticle")) == "report"
    assert titled(title, publisher="newspaper") == "report"
    assert titled(title, publisher="ministry") not in ("report", "unknown")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("OpinionNewsArticle", "op-ed"),
        ("AnalysisNewsArticle", "analysis"),
        ("BackgroundNewsArticle", "analysis"),
        ("LiveBlogPosting", "live blog"),
        ("ReportageNewsArticle", "report"),
        ("NewsArticle", "report"),
        ("https://schema.org/OpinionNewsArticle", "op-ed"),
        ("ReviewNewsArticle", "report"),
        ("BlogPosting", "unknown"),
        ("Article", "unknown"),
    ],
)
def test_json_ld_names_the_kind(name: str, kind: str) -> None:
    assert titled("Ministers agree", linked(name)) == kind


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org/opinion/2024/05/a", "op-ed"),
        ("https://example.org/news/commentisfree/a", "op-ed"),
        ("https://example.de/meinung/a.html", "op-ed"),
        ("https://example.fr/idees/tribunes/a", "op-ed"),
        ("https://opinion.example.org/a", "op-ed"),
        ("https://example.org/analysis/a", "analysis"),
        ("https://example.org/press-releases/a", "statement"),
        ("https://example.org/speeches/a", "transcript"),
        ("https://example.org/en/briefing/a", "briefing"),
        ("https://example.jp/%E7%A4%BE%E8%AA%AC/a", "op-ed"),
        ("https://example.org/news/a", "report"),
        ("https://example.org/a/opinion", "unknown"),
        ("https://example.org/opinionated/a", "unknown"),
        ("https://example.org/public-opinion/a", "unknown"),
    ],
)
def test_the_address_says_where_it_is_filed(url: str, kind: str) -> None:
    assert kind_of(page(url=url), "Ministers agree", BODY, NOTHING) == kind


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("Opinion", "op-ed"),
        ("Meinung", "op-ed"),
        ("Opinión", "op-ed"),
        ("Мнения", "op-ed"),
        ("オピニオン", "op-ed"),
        ("社論", "op-ed"),
        ("사설", "op-ed"),
        ("آراء", "op-ed"),
        ("संपादकीय", "op-ed"),
        ("Yazarlar", "op-ed"),
        ("Аналитика", "analysis"),
        ("解説", "analysis"),
        ("Nachrichten", "report"),
        ("ニュース", "report"),
        ("Harbours", "unknown"),
        ("Opinion polls", "unknown"),
    ],
)
def test_the_section_says_so_in_its_language(section: str, kind: str) -> None:
    assert kind_of(page(), "Ministers agree", BODY, Told(section, filed=False, disclaimed=False)) == kind


def test_breadcrumbs_are_sections_but_for_the_last() -> None:
    def crumbs(*names: str) -> str:
        listed = [{"@type": "ListItem", "item": {"name": name}} for name in names]
        return linked("BreadcrumbList", itemListElement=listed)

    assert titled("Ministers agree", crumbs("Home", "Debatt", "Ministers agree")) == "op-ed"
    assert titled("Analysis", crumbs("Home", "Analysis")) == "unknown"


@pytest.mark.parametrize(
    ("publisher", "kind"),
    [
        ("think tank", "analysis"),
        ("ministry", "statement"),
        ("organization", "statement"),
        ("newspaper", "report"),
        ("agency", "report"),
        ("magazine", "unknown"),
        ("blog", "unknown"),
        (None, "unknown"),
    ],
)
def test_who_publishes_says_what_is_not_said_otherwise(publisher: str | None, kind: str) -> None:
    assert titled("Ministers agree", publisher=publisher) == kind


def test_an_agencys_piece_is_a_report_and_a_disclaimed_one_an_op_ed() -> None:
    assert kind_of(page(), "Ministers agree", BODY, Told(None, filed=True, disclaimed=True)) == "report"
    assert kind_of(page(), "Ministers agree", BODY, Told(None, filed=False, disclaimed=True)) == "op-ed"
    assert kind_of(page(linked("NewsArticle")), "Ministers agree", BODY, Told(None, False, True)) == "report"


@pytest.mark.parametrize(
    "speakers",
    [
        ("QUESTION", "MR. MILLER"),
        ("Q", "A"),
        ("Frage", "Antwort"),
        ("Question", "Réponse"),
        ("ВОПРОС", "С.В.Иванов"),
        ("Jane Doe", "John Roe"),
        ("記者", "大臣"),
        ("问", "答"),
        ("سؤال", "الوزير"),
    ],
)
def test_a_transcripts_paragraphs_open_with_who_speaks(speakers: tuple[str, str]) -> None:
    body = [f"{speakers[at % 2]}: {TEXT}" for at in range(8)]
    assert kind_of(page(), "Ministers agree", body, NOTHING) == "transcript"


@pytest.mark.parametrize(
    "body",
    [
        [f"Name: {number}" if number % 2 else f"Price: {number} €" for number in range(12)],
        [f"He said: {TEXT}" for _ in range(8)],
        [f"Day {number}: {TEXT}" for number in range(8)],
        [f"Jane Doe: {TEXT}", f"John Roe: {TEXT}", *BODY],
    ],
)
def test_lists_and_quotations_are_no_transcript(body: list[str]) -> None:
    assert kind_of(page(), "Ministers agree", body, NOTHING) == "unknown"


@pytest.mark.parametrize("time", ["14:05", "14.05 Uhr:", "14h05 :", "2:05 p.m.", "[14:05]", "14時05分"])
def test_a_live_blogs_paragraphs_open_with_a_time(time: str) -> None:
    body = [f"{time} {TEXT}" for _ in range(6)]
    assert kind_of(page(), "Ministers agree", body, NOTHING) == "live blog"


@pytest.mark.parametrize("opening", ["14.05. ", "14.05.2024 ", "14 ships ", "14:05:33 ", "1405 "])
def test_dates_and_numbers_open_no_live_blog(opening: str) -> None:
    body = [f"{opening}{TEXT}" for _ in range(6)]
    assert kind_of(page(), "Ministers agree", body, NOTHING) == "unknown"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400), st.lists(st.text(max_size=100), max_size=20), st.text(max_size=40))
def test_any_document_has_a_kind(title: str, body: list[str], value: str) -> None:
    found = article(head=linked("NewsArticle", articleSection=value, genre=[value, None], itemListElement=value))
    assert isinstance(kind_of(found, title, body, Told(value, filed=False, disclaimed=False)), str)
    assert isinstance(kind_of(document(f"<p>{TEXT}</p>"), title, body, NOTHING), str)
