"""Python reads this when it starts with this folder on ``PYTHONPATH``: the process, and each that it starts, lives at ``BENCH_NOW``.

From there on the clock goes as fast as the real one. ``time.monotonic`` is left as it is, so that durations stay real
(time-machine 3.0; what it mocked before froze event loops).
"""

from __future__ import annotations

import os
import sys

if at := os.environ.get("BENCH_NOW"):
    try:
        import time_machine
    except ImportError as reason:  # Python would go on after it, at the real time
        print(f"{reason}; run make setup", file=sys.stderr)
        raise SystemExit(70) from reason
    time_machine.travel(float(at), tick=True).start()
