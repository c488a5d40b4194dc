import os
import pickle
import subprocess
import sys
import time

import pytest
from pages_of import article
from pebble import ProcessExpired

from pipelines.deriving import derivation_of
from pipelines.workers import Workers


def test_a_call_that_takes_too_long_is_cut_off_and_the_next_one_works() -> None:
    with Workers(1, 0.5) as workers:
        with pytest.raises(TimeoutError):
            workers.submit(time.sleep, 30).result()
        assert workers.submit(len, "four").result() == 4


def test_a_worker_that_dies_costs_its_own_call_only() -> None:
    with Workers(1, 20) as workers:
        with pytest.raises(ProcessExpired):
            workers.submit(os._exit, 9).result()
        assert workers.submit(len, "four").result() == 4


def test_what_a_worker_answers_is_read_without_the_extractors() -> None:
    answer = pickle.dumps(derivation_of(article("<aside>Read also</aside>").page))
    reader = "import pickle, sys; pickle.load(sys.stdin.buffer); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", reader], input=answer, stdout=subprocess.PIPE, check=True
    ).stdout.split()
    assert b"pipelines.deriving" in loaded
    assert not {b"pipelines.derive", b"numpy"} & set(loaded)
