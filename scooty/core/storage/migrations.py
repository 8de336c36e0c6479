"""The database's build: numbered steps for the tables, then all functions as they are now.

A step runs once and is never edited. A function's file is edited in place: when any of them, or
the starter archetypes, has changed, all functions are dropped and made anew in one transaction.
Nothing stored depends on a function, since the calls between them are resolved when they run.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from actors.repository import Migrations, Step
from scooty.core.storage.starter_archetypes import STARTER_ARCHETYPES, sql_entries

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_SQL: Final = files("scooty.core") / "sql"
_FEATURES: Final = files("scooty.features")

_CORE: Final = (
    "active_event",
    "current_round",
    "word_patterns",
    "slip_patterns",
    "event_object",
    "event_created",
    "offered_archetypes",
    "hold_archetypes",
    "current_archetype",
    "retired_archetype",
    "find_archetype",
    "nearest_archetypes",
    "matching_players",
    "opponent_objects",
    "reported_players",
    "player_named",
    "begin_request",
    "note_deed",
    "end_request",
    "consensus_of",
    "settle_player",
    "roster_entries",
    "settle_report",
    "consensus_report",
    "conflicting_archetypes",
    "player_card",
    "indexed_opponent",
    "report_recorded",
    "report_undone",
    "known_request",
    "store_report",
    "load_starter_archetypes",
    "sent_key_hash",
    "check_caller",
    "publish_functions",
    "grant_functions",
    "add_api_key",
    "retire_api_keys",
    "list_api_keys",
    "retire_older_keys",
    "health",
    "schema_history",
    "create_event",
    "record_report",
    "record_reports",
    "record_draft",
    "undo_report",
    "check_player",
    "check_player_by_id",
    "suggest_opponents",
    "suggest_archetypes",
    "suggestion_index",
    "event_stats",
    "read_job",
    "claim_fire",
    "renew_fire",
    "settle_fire",
    "set_job_paused",
    "take_lease",
    "release_lease",
    "close_idle_events",
    "list_active_guilds",
)
"""What others call comes first: the body of a function in SQL is checked when it is made."""


def _functions() -> dict[str, str]:
    shared = [_SQL / "functions" / f"{name}.sql" for name in _CORE]
    features = sorted(_FEATURES.iterdir(), key=_name)
    folders = [each / "functions" for each in features if (each / "functions").is_dir()]
    of_features = [file for folder in folders for file in sorted(folder.iterdir(), key=_name)]
    return {
        file.name.removesuffix(".sql"): file.read_text("utf-8") for file in shared + of_features
    }


def _name(path: Traversable) -> str:
    return path.name


FUNCTIONS: Final = _functions()
"""The SQL of every function by its name: those that features share, then each feature's own. The
latter call the former ones, and in PL/pgSQL whatever they like."""

_DROP: Final = """\
do $drop$
declare former regprocedure;
begin
  for former in
    select oid::regprocedure from pg_proc
    where pronamespace in (
      to_regnamespace('scooty'), to_regnamespace('scooty_private'), to_regnamespace('scooty_api')
    )
  loop
    execute format('drop function %s', former);
  end loop;
end
$drop$;
"""
_PATH: Final = "set local search_path = scooty_private, extensions, pg_temp;\n"
"""Under which bodies are checked. Only functions that are called from outside set it themselves: to
set it anew in each one that they call costs time, and keeps small ones from being inlined."""
_LOAD: Final = "select extensions.similarity('', '');\n"
"""Loads pg_trgm into the session. Without it, its settings are unknown, and an owner who is no
superuser, as on Supabase, may not make a function that sets them."""
_PUBLISH: Final = """\
select scooty_private.publish_functions();
select scooty_private.grant_functions();
notify pgrst, 'reload schema';
"""
"""The last line makes a PostgREST look at the functions again; elsewhere nobody listens."""


def _steps() -> tuple[Step, ...]:
    paths = sorted((_SQL / "migrations").iterdir(), key=lambda path: path.name)
    return tuple(_step(path) for path in paths if path.name.endswith(".sql"))


def _step(path: Traversable) -> Step:
    number, _, name = path.name.removesuffix(".sql").partition("_")
    return Step(number=int(number), name=name, sql=path.read_text("utf-8"))


def _definitions() -> str:
    bodies = FUNCTIONS.values()
    return "\n".join([_DROP, _LOAD, _PATH, *bodies, _PUBLISH, _load_archetypes()])


def _load_archetypes() -> str:
    entries = json.dumps(sql_entries(STARTER_ARCHETYPES)).replace("'", "''")
    return f"select scooty_private.load_starter_archetypes('{entries}');\n"


MIGRATIONS: Final = Migrations(
    functions_schema="scooty",
    history_schema="scooty_private",
    steps=_steps(),
    definitions=_definitions(),
)
"""What the repository brings the database to before it answers."""
