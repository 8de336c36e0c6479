"""The stand-in as a process of its own, for benchmarks and for trying the bot by hand.

``python -m tests.postgrest_stand_in.serve --dsn DSN`` brings Scooty into that database, prints one
JSON line with what to set, and serves until its standard input ends. A line that is sent to it
says what goes wrong from then on: a JSON list of faults, such as
``[{"kind": "status", "status": 503, "share": 0.3}]``; ``[]`` makes all well, and ``"refuse"``
closes the port until the next line.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from typing import TYPE_CHECKING

import psycopg

from scooty.core.storage.supabase import editor_script
from tests.postgrest_stand_in.faults import Fault
from tests.postgrest_stand_in.roles import make_supabase_roles
from tests.postgrest_stand_in.scooty_project import PUBLIC_KEY, SECRET_KEY
from tests.postgrest_stand_in.server import running_stand_in

if TYPE_CHECKING:
    from tests.postgrest_stand_in.server import StandIn

__all__ = ["main"]


def main() -> None:
    """Serve until nobody listens any more."""
    parser = argparse.ArgumentParser(description="A Supabase project on this machine.")
    parser.add_argument("--dsn", required=True, help="a PostgreSQL to serve, by an administrator")
    dsn: str = parser.parse_args().dsn
    make_supabase_roles(dsn)
    with psycopg.connect(dsn, autocommit=True) as editor:
        editor.execute(editor_script(db_key=None).encode())
    keys = {SECRET_KEY: "service_role", PUBLIC_KEY: "anon"}
    with running_stand_in(dsn, schemas=["public", "scooty_api"], opaque_keys=keys) as stand_in:
        settings = {"SUPABASE_URL": stand_in.url, "SUPABASE_KEY": SECRET_KEY}
        print(json.dumps(settings), flush=True)  # noqa: T201 - what the caller reads
        _obey(stand_in)


def _obey(stand_in: StandIn) -> None:
    closed = contextlib.ExitStack()
    for line in sys.stdin:
        closed.close()
        wanted = json.loads(line)
        if wanted == "refuse":
            closed.enter_context(stand_in.refusing())
        else:
            stand_in.faults.always(*(Fault(**fault) for fault in wanted))
    closed.close()


if __name__ == "__main__":
    main()
