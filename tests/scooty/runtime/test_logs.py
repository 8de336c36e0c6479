from __future__ import annotations

import io
import json
import logging
import os
from pathlib import Path

import discord
import pytest
import structlog
from typing_extensions import override

from scooty.runtime.logs import configure_logs


class _Terminal(io.StringIO):
    @override
    def isatty(self) -> bool:
        return True


def test_a_line_is_one_json_object_with_event_level_time_and_keys() -> None:
    stream = io.StringIO()
    configure_logs("INFO", stream=stream)

    structlog.get_logger().info("actor.restarted", incarnation=3)

    line = json.loads(stream.getvalue())
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "actor.restarted", "level": "info", "incarnation": 3}


def test_a_librarys_line_takes_the_same_form() -> None:
    stream = io.StringIO()
    configure_logs("INFO", stream=stream)

    logging.getLogger("some.library").warning("lost %s", "it")

    line = json.loads(stream.getvalue())
    assert (line["event"], line["logger"], line["level"]) == ("lost it", "some.library", "warning")


def test_a_secret_is_masked_in_values_messages_and_tracebacks() -> None:
    stream = io.StringIO()
    configure_logs("INFO", secrets=["a-very-secret-token"], stream=stream)

    structlog.get_logger().info("login", url="/webhooks/a-very-secret-token")
    logging.getLogger("some.library").error("token a-very-secret-token")
    try:
        raise ValueError("a-very-secret-token")  # noqa: TRY301 - the traceback is the point
    except ValueError:
        structlog.get_logger().exception("login.failed")

    assert "a-very-secret-token" not in stream.getvalue()
    assert all("[secret]" in line for line in stream.getvalue().splitlines())


def test_lines_below_the_level_are_left_out() -> None:
    stream = io.StringIO()
    configure_logs("WARNING", stream=stream)

    structlog.get_logger().info("too.quiet")
    logging.getLogger("some.library").info("too quiet")

    assert stream.getvalue() == ""


def test_a_terminal_gets_readable_lines_with_secrets_masked_too() -> None:
    stream = _Terminal()
    configure_logs("INFO", secrets=["a-very-secret-token"], stream=stream)

    structlog.get_logger().info("actor.started", key="a-very-secret-token")

    assert "actor.started" in stream.getvalue()
    assert "{" not in stream.getvalue()
    assert "a-very-secret-token" not in stream.getvalue()


@pytest.mark.parametrize("stream", [_Terminal(), io.StringIO()], ids=["terminal", "json"])
def test_a_traceback_shows_no_values_of_variables(stream: io.StringIO) -> None:
    configure_logs("INFO", stream=stream)

    typed = "WHAT-A-PERSON-TYPED"

    def look_up(unknown_to_the_mask: str) -> None:
        raise LookupError(f"nothing of {len(unknown_to_the_mask)} letters")

    try:
        look_up(typed.lower())
    except LookupError:
        structlog.get_logger().exception("command.failed")
        logging.getLogger("some.library").exception("failed")

    assert stream.getvalue().count("LookupError: nothing of 19 letters") == 2
    assert stream.getvalue().count("in look_up") == 2
    assert "what-a-person-typed" not in stream.getvalue()


def test_discord_py_does_not_speak_of_voice_which_no_command_needs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stream = io.StringIO()
    configure_logs("INFO", stream=stream)
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", True)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", True)

    discord.Client(intents=discord.Intents(guilds=True))
    logging.getLogger("discord.client").warning("Something else is not installed")

    events = [json.loads(line)["event"] for line in stream.getvalue().splitlines()]
    assert events == ["Something else is not installed"]


def test_lines_that_nobody_reads_any_more_are_lost_and_disturb_nobody() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w") as stream:
        configure_logs("INFO", stream=stream)
        os.close(reading)

        structlog.get_logger().info("first.line")
        logging.getLogger("a library").warning("second line")

        stream.flush()  # as Python does at the end, which would end it with 120


def test_lines_for_which_there_is_no_room_are_lost_and_disturb_nobody() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as stream:
        configure_logs("INFO", stream=stream)

        structlog.get_logger().info("first.line")

        with pytest.raises(OSError, match="No space left"):
            stream.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
