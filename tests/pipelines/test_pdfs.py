"""Reports of think tanks and ministries that are published as PDFs."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

from archive.article import Publisher
from archive.errors import NotAnArticle
from pipelines.derive import derive
from pipelines.page import Page
from pipelines.pdfs import read_pdf

TITLE = "Harbours and Treaties: Who Measures the Strait"
TEXT = ParagraphStyle("text", fontName="Times-Roman", fontSize=11, leading=13, spaceAfter=8)
HEADLINE = ParagraphStyle("headline", fontName="Helvetica-Bold", fontSize=24, leading=28, spaceAfter=12)
HEADING = ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=15, leading=18, spaceAfter=8)
PARAGRAPHS = [
    f"Chapter {n} of the survey says what the harbour masters of Japan and China measured in the spring, which of their figures agree, "
    f"and why the ministries of both countries have not published the others, although {n} treaties oblige them to do so every year."
    for n in range(2, 26)
]


def a_pdf(encrypt: StandardEncryption | None = None, **info: str) -> bytes:
    """Several pages with a running title, page numbers, a headline and paragraphs."""
    made = io.BytesIO()

    def edges(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, A4[1] - 30, "Institute of the Strait | Policy Paper 7")
        canvas.drawString(300, 30, str(document.page))

    document = SimpleDocTemplate(made, pagesize=A4, encrypt=encrypt, **info)
    story = [Paragraph(TITLE, HEADLINE), Paragraph("15 January 2026", TEXT), Paragraph("Summary", HEADING)]
    for at, paragraph in enumerate(PARAGRAPHS):
        story += [Paragraph(paragraph, TEXT), Spacer(1, 4), *([PageBreak()] if at % 6 == 5 else [])]
    document.build(story, onFirstPage=edges, onLaterPages=edges)
    return made.getvalue()


def page(content: bytes, **publisher: str) -> Page:
    return Page(
        "https://institute.example/papers/7.pdf",
        content,
        Publisher(id="institute", name="Institute of the Strait", **publisher),
        "application/pdf",
        datetime(2026, 2, 1, tzinfo=UTC),
    )


def test_every_paragraph_comes_out_whole_and_in_order() -> None:
    report = read_pdf(a_pdf())
    assert [line for line in report.paragraphs if line.startswith("Chapter")] == PARAGRAPHS


def test_running_titles_and_page_numbers_are_left_out() -> None:
    report = read_pdf(a_pdf())
    assert [line for line in report.paragraphs if not line.startswith("Chapter")] == ["15 January 2026", "Summary"]


@pytest.mark.parametrize("stated", ["", "Microsoft Word - draft_final3.docx", "Another text altogether"])
def test_the_title_is_what_is_set_largest_where_the_file_states_none_that_can_be_believed(stated: str) -> None:
    assert read_pdf(a_pdf(title=stated)).title == TITLE


def test_the_title_that_the_file_states_is_taken_where_its_pages_have_it() -> None:
    assert read_pdf(a_pdf(title="Harbours and Treaties")).title == "Harbours and Treaties"


def test_a_report_is_an_article_with_its_fields() -> None:
    article = derive(page(a_pdf(author="Mari Takeda"), kind="think tank"))
    assert (article.title, article.kind, article.language) == (TITLE, "report", "en")
    assert article.authors == ("Mari Takeda",)
    assert set(article.countries) == {"CN", "JP"}
    assert all(paragraph in article.body.split("\n") for paragraph in PARAGRAPHS)
    assert not article.truncated


def test_the_date_on_the_page_stands_over_that_of_the_file() -> None:
    article = derive(page(a_pdf()))
    assert (str(article.published_at), article.published_source) == ("2026-01-15 00:00:00+00:00", "visible")


def test_words_that_a_line_breaks_are_joined() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    for at, line in enumerate(("The negotia-", "tors of the Franco-", "German treaty met.")):
        canvas.drawString(72, 700 - 14 * at, line)
    canvas.save()
    assert read_pdf(made.getvalue()).paragraphs == ("The negotiators of the Franco-German treaty met.",)


def test_a_pdf_of_pictures_is_not_an_article() -> None:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    with pytest.raises(NotAnArticle, match="empty: the PDF has no text"):
        derive(page(made.getvalue()))


def test_a_pdf_with_a_password_is_not_an_article() -> None:
    locked = a_pdf(encrypt=StandardEncryption("secret"))
    with pytest.raises(NotAnArticle, match="pdf: it wants a password"):
        derive(page(locked))


def test_a_pdf_that_anybody_may_read_and_nobody_print_is_read() -> None:
    assert read_pdf(a_pdf(encrypt=StandardEncryption("", "owner", canPrint=0))).title == TITLE


def test_a_bomb_is_refused() -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(1_000)) + packer.flush()
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(bomb), bomb),
    )
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, part) for number, part in enumerate(parts, 1))
    content = b"%PDF-1.4\n" + objects + b"trailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n"
    with pytest.raises(NotAnArticle, match="pdf: it unpacks to more than may be read"):
        derive(page(content))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_torn_or_garbled_pdf_never_breaks_its_reader(data: st.DataObject) -> None:
    whole = bytearray(SMALL)
    for place in data.draw(st.lists(st.integers(8, len(whole) - 1), max_size=12)):
        whole[place] = data.draw(st.integers(0, 255))
    torn = bytes(whole[: data.draw(st.integers(5, len(whole)))])
    with suppress(NotAnArticle):
        derive(page(torn))


def _small() -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(72, 700, "The harbour masters of the strait met on the old pier.")
    canvas.save()
    return made.getvalue()


SMALL = _small()
