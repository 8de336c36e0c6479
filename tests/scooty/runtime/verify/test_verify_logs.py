"""How ``scooty verify`` reads log lines."""

from __future__ import annotations

import json

from scooty.runtime.verify.log_lines import check_logs

STARTED = '{"actor": "desk", "event": "actor.started", "level": "info"}'
RESTARTED = '{"actor": "desk", "event": "actor.restarted", "level": "warning"}'
GAVE_UP = '{"actor": "desk", "event": "actor.gave_up", "level": "error"}'
FATAL = '{"event": "system.fatal", "level": "critical"}'


def test_lines_without_errors_are_well_and_warnings_are_counted() -> None:
    finding = check_logs([STARTED, RESTARTED, RESTARTED])

    assert finding.state == "ok"
    assert finding.fact == "3 lines, none of them an error; warnings: 2 x actor.restarted"


def test_errors_are_counted_by_event_the_most_frequent_first() -> None:
    finding = check_logs([STARTED, GAVE_UP, FATAL, GAVE_UP])

    assert finding.state == "failed"
    assert finding.fact == "errors in 4 lines: 2 x actor.gave_up, 1 x system.fatal"


def test_a_line_is_found_behind_what_a_platform_writes_before_it() -> None:
    prefix = "2026-11-24T09:00:00Z app[148e] cdg [info]"

    finding = check_logs([f"{prefix} {GAVE_UP}\n", f"{prefix} Starting machine\n"])

    assert finding.fact == "errors in 1 lines: 1 x actor.gave_up"


def test_a_line_is_found_inside_a_platforms_own_object() -> None:
    line = json.dumps({"level": "info", "region": "cdg", "message": GAVE_UP})

    finding = check_logs([line])

    assert finding.fact == "errors in 1 lines: 1 x actor.gave_up"


def test_a_traceback_outside_of_any_object_is_an_error() -> None:
    finding = check_logs([STARTED, "Traceback (most recent call last):", "  File ..."])

    assert finding.state == "failed"
    assert "1 x Traceback" in finding.fact


def test_lines_of_which_none_is_the_bots_prove_nothing() -> None:
    finding = check_logs(["hello", "{not json", "[1, 2]", '{"no": "event"}', ""])

    assert finding.state == "failed"
    assert finding.fact == "none of the lines is the bot's"
