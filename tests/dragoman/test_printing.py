import csv
import io

import pytest
from articles import an_article

from archive.article import Image
from dragoman.printing import print_article, print_csv


def test_a_row_of_csv_has_an_article_and_its_images_in_one_cell(capsys: pytest.CaptureFixture[str]) -> None:
    images = (
        Image(url="https://example.org/a.jpg", caption="The table", credit="AFP"),
        Image(url="https://example.org/b.jpg"),
    )
    print_csv([an_article(images=images)])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["images"] == "https://example.org/a.jpg | The table | AFP; https://example.org/b.jpg"


def test_an_article_shows_what_it_is_about(capsys: pytest.CaptureFixture[str]) -> None:
    print_article(an_article(countries=("JP", "CN"), dyads=("CN-JP",), organizations=("UN", "NATO")), 1)
    lines = capsys.readouterr().out.splitlines()
    assert {"countries: JP, CN", "dyads: CN-JP", "organizations: UN, NATO"} <= set(lines)


def test_what_is_not_known_takes_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_article(an_article(), 1)
    assert "countries" not in capsys.readouterr().out
