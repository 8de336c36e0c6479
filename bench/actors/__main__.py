"""Measure the actor kit against its goals, beside plain Pykka in the same run.

    make bench-actors               # or: make bench-actors ARGS="--quick --only tell --only ask"

Ends with 1 when a goal is missed. What each line measures: docs/BENCHMARKS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from bench.actors.lines import LINES
from bench.actors.rounds import run_line
from bench.actors.table import as_json, print_table


def _main() -> int:
    names = [line.name for line in LINES]
    parser = argparse.ArgumentParser(
        prog="python -m bench.actors",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", action="append", choices=names, help="may be given repeatedly")
    parser.add_argument("--quick", action="store_true", help="shorter and less exact")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all rounds there too")
    chosen = parser.parse_args()
    results = []
    print(f"load average before: {os.getloadavg()[0]:.2f}", flush=True)
    for line in LINES:
        if chosen.only is None or line.name in chosen.only:
            print(f"measuring {line.name} ...", file=sys.stderr, flush=True)
            results.append(run_line(line, "quick" if chosen.quick else "full"))
    print_table(results)
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(as_json(results), indent=1) + "\n")
    missed = [row for result in results for row in result.line.rows if result.missed(row)]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(_main())
