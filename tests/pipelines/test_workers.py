import os
import time

import pytest
from pebble import ProcessExpired

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
