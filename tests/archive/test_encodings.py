import gzip
import zlib

import brotli
import pytest
from backports import zstd
from hypothesis import given
from hypothesis import strategies as st

from archive.encodings import decoded
from archive.errors import ArchiveError


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("br", brotli.compress),
        ("zstd", zstd.compress),
        ("identity", bytes),
        ("gzip, br", lambda body: brotli.compress(gzip.compress(body))),
    ],
)
def test_what_was_encoded_is_decoded(encoding: str, encode) -> None:
    body = b"The allies vowed to work together. " * 10_000
    assert decoded(encode(body), encoding) == body


@pytest.mark.parametrize(
    ("encoding", "encode"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_a_bomb_is_read_up_to_the_limit(encoding: str, encode) -> None:
    assert len(decoded(encode(bytes(50_000_000)), encoding, limit=100_000)) == 100_000


def test_a_truncated_body_gives_what_could_be_read() -> None:
    body = bytes(range(256)) * 1_000
    assert body.startswith(decoded(gzip.compress(body)[:-100], "gzip"))


def test_gzip_that_is_none_is_taken_as_it_is() -> None:
    assert decoded(b"<html>", "gzip") == b"<html>"


def test_an_unknown_encoding_is_one_clear_error() -> None:
    with pytest.raises(ArchiveError, match="'lzma' is not known"):
        decoded(b"", "lzma")


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "br", "zstd"]))
def test_no_bytes_break_it(body: bytes, encoding: str) -> None:
    assert len(decoded(body, encoding, limit=10_000)) <= 10_000
