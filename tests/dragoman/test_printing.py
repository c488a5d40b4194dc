import csv
import io

import pytest
from articles import an_article

from archive.article import Image
from dragoman.printing import print_csv


def test_a_row_of_csv_has_an_article_and_its_images_in_one_cell(capsys: pytest.CaptureFixture[str]) -> None:
    images = (
        Image(url="https://example.org/a.jpg", caption="The table", credit="AFP"),
        Image(url="https://example.org/b.jpg"),
    )
    print_csv([an_article(images=images)])
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert row["images"] == "https://example.org/a.jpg | The table | AFP; https://example.org/b.jpg"
