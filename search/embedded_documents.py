"""An article as a document of Tantivy, and back.

Texts by the article's language are in ``title``, ``summary`` and ``body`` as stems, each with its family's code (``fre:negoci``), and
the acronyms at their end; as they are written they are in ``.exact``. ``facet.…`` has values to be counted.
"""

from __future__ import annotations

from typing import Any

import tantivy

from archive.article import Article
from search.analysis.stems import CODES, marked
from search.facets import MONTH, PATHS, month_of
from search.families import family_of
from search.hits import second_of
from search.query import STEMMED
from search.schema import Kind, index_fields, values
from search.tokens import folded, listed
from search.values import normalized

NEWEST = "newest"
"""An order for hits that all match alike: the second of publication."""
REVISION = "revision"
"""Of the article in the archive: the writer adds it."""
FAMILY = "family"
"""The code of the article's language family."""


def schema() -> tantivy.Schema:
    """The fields of a generation."""
    builder = tantivy.SchemaBuilder()
    for field in index_fields():
        match field.kind:
            case Kind.TEXT:
                builder.add_text_field(field.path, tokenizer_name="whitespace")
            case Kind.KEYWORD:
                builder.add_text_field(field.path, tokenizer_name="raw", index_option="basic")
            case Kind.DATE:
                builder.add_date_field(field.path, indexed=True, fast=True)
            case Kind.INTEGER:
                builder.add_integer_field(field.path, indexed=True)
            case Kind.BOOLEAN:
                builder.add_boolean_field(field.path, indexed=True)
    for path in STEMMED:
        builder.add_text_field(f"{path}.exact", tokenizer_name="whitespace")
    for facet in (*PATHS, MONTH):
        builder.add_text_field(f"facet.{facet}", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(FAMILY, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(NEWEST, fast=True)
    builder.add_integer_field(REVISION, indexed=True, fast=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()


def document(article: Article) -> tantivy.Document:
    """What is indexed of an article."""
    made = tantivy.Document()
    family = family_of(article.language)
    for field in index_fields():
        for value in values(article, field.path):
            match field.kind:
                case Kind.TEXT if field.path in STEMMED:
                    made.add_text(field.path, stemmed(value, family))
                    made.add_text(f"{field.path}.exact", _plain(value))
                case Kind.TEXT:
                    made.add_text(field.path, _plain(value))
                case Kind.KEYWORD:
                    made.add_text(field.path, normalized(field.path, value))
                case Kind.DATE:
                    made.add_date(field.path, value)
                case Kind.INTEGER:
                    made.add_integer(field.path, value)
                case Kind.BOOLEAN:
                    made.add_boolean(field.path, value)
    for facet, path in PATHS.items():
        for value in values(article, path):
            made.add_text(f"facet.{facet}", value)
    if month := month_of(article):
        made.add_text(f"facet.{MONTH}", month)
    made.add_text(FAMILY, family)
    made.add_integer(NEWEST, second_of(article))
    made.add_bytes("source", article.model_dump_json().encode())
    return made


def article_in(found: tantivy.Document) -> Article:
    """The article of a document."""
    source: Any = found.get_first("source")
    return Article.model_validate_json(bytes(source))


def stemmed(text: str, family: str) -> str:
    """A text as it is indexed in its family."""
    stems, acronyms = marked(text, family)
    code = CODES[family]
    return " ".join([*(f"{code}:{stem}" for stem in stems), *acronyms])


def _plain(text: str) -> str:
    return " ".join(map(folded, listed(text)))
