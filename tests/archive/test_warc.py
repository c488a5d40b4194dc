"""What is written can be read, by us and by programs of others, and a crash costs nothing that was acknowledged."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from places import ROOT, missing

from archive.captures import Capture, Original
from archive.errors import ArchiveError
from archive.home import Home, open_home
from archive.reading import read_capture, read_captures
from archive.warc import WarcWriter, recover

NOW = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
JWARC = Path.home() / ".m2/repository/org/netpreserve/jwarc/0.36.0/jwarc-0.36.0.jar"


def capture(url: str = "https://example.org/a?b=c", body: bytes = b"<html>text</html>", **changes: object) -> Capture:
    headers = (("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    return Capture(**{"url": url, "fetched_at": NOW, "status": 200, "headers": headers, "body": body, **changes})  # type: ignore[arg-type]


@pytest.fixture
def opened(home: Path) -> Home:
    return open_home(home)


def test_a_capture_is_read_back_by_its_reference(opened: Home) -> None:
    sent = capture(body=gzip.compress(b"text"), headers=(("Content-Encoding", "gzip"),), ip="192.0.2.1")
    with WarcWriter(opened) as writer:
        (ref,) = writer.append([sent])
        assert read_capture(opened, ref).body == sent.body
    read = read_capture(opened, ref)
    assert (read.url, read.fetched_at, read.status, read.body, read.ip) == (sent.url, NOW, 200, sent.body, sent.ip)


def test_repeated_headers_are_kept(opened: Home) -> None:
    with WarcWriter(opened) as writer:
        (ref,) = writer.append([capture()])
    assert [value for name, value in read_capture(opened, ref).headers if name == "Set-Cookie"] == ["a=1", "b=2"]


def test_a_body_without_its_chunks_has_no_header_of_chunks(opened: Home) -> None:
    with WarcWriter(opened) as writer:
        (ref,) = writer.append([capture(headers=(("Transfer-Encoding", "chunked"),))])
    assert not [name for name, _ in read_capture(opened, ref).headers if name.lower() == "transfer-encoding"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=3_000), status=st.integers(200, 599))
def test_any_bytes_come_back_as_they_were(opened: Home, body: bytes, status: int) -> None:
    with WarcWriter(opened) as writer:
        (ref,) = writer.append([capture(body=body, status=status)])
    assert (read_capture(opened, ref).body, read_capture(opened, ref).status) == (body, status)


def test_a_closed_file_is_read_only_and_has_a_sorted_cdxj(opened: Home) -> None:
    with WarcWriter(opened) as writer:
        writer.append([capture("https://example.org/b"), capture("https://example.org/a")])
    (warc,) = opened.warc.glob("*.warc.gz")
    lines = warc.with_name(warc.name.replace(".warc.gz", ".cdxj")).read_text().splitlines()
    assert warc.stat().st_mode & 0o222 == 0
    assert [line.split(" ")[0] for line in lines] == ["org,example)/a", "org,example)/b"]


def test_a_mangled_url_of_an_import_is_kept_as_it_is(opened: Home) -> None:
    with WarcWriter(opened) as writer:
        (ref,) = writer.append([capture("xhttps://example.org/a")])
    assert read_capture(opened, ref).url == "xhttps://example.org/a"


def test_a_full_file_is_closed_and_another_begun(opened: Home) -> None:
    with WarcWriter(opened, full=2_000) as writer:
        refs = [writer.append([capture(body=os.urandom(1_500))])[0] for _ in range(3)]
    assert len({ref.warc for ref in refs}) == 3
    assert all(read_capture(opened, ref).status == 200 for ref in refs)


def test_a_failure_is_kept_with_its_cause(opened: Home) -> None:
    with WarcWriter(opened) as writer:
        writer.append_failure("https://gone.example/", NOW, "timeout")
    (warc,) = opened.warc.glob("*.warc.gz")
    assert b"fetchFailure: timeout" in gzip.decompress(warc.read_bytes())


def test_an_answer_of_not_modified_is_a_revisit_of_what_it_is_about(opened: Home) -> None:
    original = Original("https://example.org/a?b=c", NOW)
    with WarcWriter(opened) as writer:
        writer.append([capture(), capture(fetched_at=NOW, status=304, body=b"", unchanged_since=original)])
    (warc,) = opened.warc.glob("*.warc.gz")
    with warc.open("rb") as file:
        (revisit,) = [dict(r.headers) for r in ArchiveIterator(file, WarcRecordType.revisit, parse_http=False)]
    assert revisit["WARC-Profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert revisit["WARC-Refers-To-Target-URI"] == original.url
    assert revisit["WARC-Refers-To-Date"] == "2026-11-23T12:00:00.123456Z"
    assert [one.status for one in read_captures(warc)] == [200]
    assert len(warc.with_name(warc.name.replace(".warc.gz", ".cdxj")).read_text().splitlines()) == 1


def test_fastwarc_finds_every_digest_right(opened: Home) -> None:
    with WarcWriter(opened) as writer:
        writer.append([capture(body=bytes([n]) * n) for n in range(50)])
    (warc,) = opened.warc.glob("*.warc.gz")
    checked = 0
    with warc.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            if record.record_type == WarcRecordType.response:
                assert record.verify_block_digest()
                checked += 1
    assert checked == 50


def test_jwarc_finds_the_file_valid(opened: Home) -> None:
    if not JWARC.exists():
        missing(f"jwarc ({JWARC}; tools/judges fetches it)")
    with WarcWriter(opened) as writer:
        writer.append([capture(), capture("http://bücher.example/ü?x=ü", truncated="disconnect")])
        writer.append([capture(status=304, body=b"", unchanged_since=Original("https://example.org/a?b=c", NOW))])
        writer.append_failure("https://gone.example/", NOW, "host not found")
    (warc,) = opened.warc.glob("*.warc.gz")
    judged = subprocess.run(["java", "-jar", JWARC, "validate", warc], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize("cut", [1, 10, 200])
def test_a_torn_file_gives_what_is_whole_and_says_where_it_is_torn(opened: Home, tmp_path: Path, cut: int) -> None:
    with WarcWriter(opened) as writer:
        writer.append([capture(body=os.urandom(500)), capture(body=os.urandom(500))])
    (warc,) = opened.warc.glob("*.warc.gz")
    torn = tmp_path / "torn.warc.gz"
    content = warc.read_bytes()
    last = content.rfind(b"\x1f\x8b\x08")
    torn.write_bytes(content[: last - cut])
    read = []
    with pytest.raises(ArchiveError, match=r"torn\.warc\.gz"):
        read.extend(read_captures(torn))
    assert [one.status for one in read] == [200] * len(read)
    assert read


def test_what_is_no_warc_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>no WARC</html>")
    with pytest.raises(ArchiveError, match="no WARC"):
        list(read_captures(tmp_path / "page.html"))


def test_a_torn_end_is_cut_and_set_apart_after_a_crash(opened: Home) -> None:
    writer = WarcWriter(opened)
    (ref,) = writer.append([capture()])
    (left,) = opened.warc.glob("*.open")
    with left.open("ab") as file:
        file.write(b"\x1f\x8b\x08half a record")
    recover(opened)
    assert read_capture(opened, ref).body == b"<html>text</html>"
    assert next(opened.warc.glob("*.torn")).read_bytes() == b"\x1f\x8b\x08half a record"
    assert not list(opened.warc.glob("*.open"))


def test_kill_9_loses_nothing_that_was_acknowledged(opened: Home) -> None:
    for _ in range(5):
        writing = subprocess.Popen(
            [sys.executable, "-c", _WRITE_FOREVER, str(opened.path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert writing.stdout
        acknowledged = [writing.stdout.readline().strip() for _ in range(20)]
        writing.send_signal(signal.SIGKILL)
        acknowledged += writing.stdout.read().split("\n")[:-1]
        writing.stdout.close()
        writing.wait()
        recover(opened)
        kept = {one.url for path in opened.warc.glob("*.warc.gz") for one in read_captures(path)}
        assert set(filter(None, acknowledged)) <= kept


_WRITE_FOREVER = """
import os, sys
from datetime import datetime, UTC
from pathlib import Path
from archive.captures import Capture
from archive.home import open_home
from archive.warc import WarcWriter
writer = WarcWriter(open_home(Path(sys.argv[1])))
for n in range(10**6):
    url = f"https://example.org/{os.getpid()}/{n}"
    writer.append([Capture(url, datetime.now(UTC), 200, (), os.urandom(5000))])
    print(url, flush=True)
"""


def test_a_full_disk_is_an_error_and_the_file_stays_whole(opened: Home) -> None:
    code = _FILL_UP
    done = subprocess.run(
        [sys.executable, "-c", code, str(opened.path)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.stdout.strip().endswith("refused"), done.stderr
    recover(opened)
    (warc,) = opened.warc.glob("*.warc.gz")
    assert len(list(read_captures(warc))) == int(done.stdout.split()[0])


_FILL_UP = """
import os, resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from archive.captures import Capture
from archive.errors import ArchiveError
from archive.home import open_home
from archive.warc import WarcWriter
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
writer = WarcWriter(open_home(Path(sys.argv[1])))
written = 0
try:
    while True:
        writer.append([Capture("https://example.org/", datetime.now(UTC), 200, (), os.urandom(5000))])
        written += 1
except ArchiveError:
    print(written, "refused")
"""


def test_a_read_only_home_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="set DRAGOMAN_HOME"):
        open_home(tmp_path / "file" / "home")


def test_the_corpus_holds_788_captures(corpus: Path) -> None:
    assert sum(1 for _ in read_captures(corpus)) == 788
