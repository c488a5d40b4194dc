import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT

from archive.errors import RunLocked
from archive.home import open_home
from archive.lock import hold


def test_a_second_run_is_told_who_holds_the_home(home: Path) -> None:
    with (
        hold(open_home(home)),
        pytest.raises(RunLocked, match=r"held by pid \d+ .* since 20"),
        hold(open_home(home)),
    ):
        pass


def test_a_killed_run_leaves_no_lock(home: Path) -> None:
    code = f"import os; from pathlib import Path; from archive.home import *; from archive.lock import hold\nwith hold(open_home(Path({str(home)!r}))): os.kill(os.getpid(), 9)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == -9
    with hold(open_home(home)):
        pass
