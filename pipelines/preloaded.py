"""What every worker needs, loaded once before the workers are forked, so that they share its memory.

Imported by the fork server alone. The language model by itself is 77 MB and takes 0.8 s to load; the phrases of boilerplate take 0.7 s.
"""

from __future__ import annotations

import gc
from contextlib import suppress

import dateparser.languages.loader  # noqa: F401 - the names of months
import py3langid

import pipelines.derive  # noqa: F401 - to have it loaded is the purpose
from pipelines.boilerplate import is_disclaimer, without_boilerplate
from pipelines.organizations import organizations_of
from pipelines.places import places_of
from pipelines.verdicts import trees

without_boilerplate([""], "")  # the phrases of all languages are read
is_disclaimer("")  # and those of disclaimers, which are looked up alone
trees()
places_of("", None, "", "en")  # other languages' names are read when their first page comes: 20 to 130 ms each
organizations_of("", None, "", "en")

with suppress(OSError):  # it unpacks by way of a temporary file: on a full disk each page will say so
    py3langid.classify("A sentence, so that the model is loaded.")

# A page is thousands of small objects that all go with it: to look for cycles among them is in vain.
gc.set_threshold(50_000, 20, 20)
# What is loaded here stays: the workers' collector need not look at it again, nor copy its memory by looking.
gc.freeze()
