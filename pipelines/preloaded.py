"""What every worker needs, loaded once before the workers are forked, so that they share its memory.

Imported by the fork server alone. The language model by itself is 77 MB and takes 0.5 s to unpack; the phrases of boilerplate
take 0.3 s, and the patterns that are made for the first page 0.3 s.
"""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import dateparser.languages.loader  # noqa: F401 - the names of months
import py3langid

from archive.article import Publisher
from pipelines.boilerplate import is_disclaimer, without_boilerplate
from pipelines.derive import derive
from pipelines.page import Page

_PAGE = b"""<html lang="en"><head><title>A page that has what most have</title></head><body><article>
<h1>A page that has what most have</h1><p class="byline">By Jane Doe</p><time datetime="2024-05-03">3 May 2024</time>
<figure><img src="/one.jpg"><figcaption>Ministers at the table. (Photo: Jane Doe/AP)</figcaption></figure>
<p>TOKYO, May 3 (AP) - It is read here so that what reading it takes is there before the first page of an outlet comes.</p>
<p>Its second paragraph is long enough to be taken for a part of an article, and so are the first one and the third.</p>
<p>The third ends the article, but for a line of credits. (Reporting by John Roe; Editing by Jane Doe)</p>
<p>The views expressed here are those of the author.</p></article></body></html>"""

with ThreadPoolExecutor(1) as beside:  # unpacking leaves the interpreter to the rest, where there is a second processor
    model = beside.submit(py3langid.classify, "A sentence, so that the model is loaded.")
    without_boilerplate([""], "")  # the phrases of all languages are read
    is_disclaimer("")  # and those of disclaimers, which are looked up alone
with suppress(OSError):  # the model is unpacked by way of a temporary file: on a full disk each page will say so
    model.result()
    derive(Page("https://example.org/a/page", _PAGE, Publisher(id="example.org", name="Example"), "text/html"))

# A page is thousands of small objects that all go with it: to look for cycles among them is in vain.
gc.set_threshold(50_000, 20, 20)
# What is loaded here stays: the workers' collector need not look at it again, nor copy its memory by looking.
gc.freeze()
