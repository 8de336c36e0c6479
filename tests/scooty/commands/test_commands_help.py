"""``/help``: each command once, for those who may use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scooty.commands.registry import COMMANDS
from scooty.domain.roles import Role, TeamRoles
from scooty.rendering.help import Topic
from scooty.storage.books.settings import GuildSettings
from tests.desk_fixture.reading import as_text, reviewed

TEAM = GuildSettings(
    roles=TeamRoles(captains=frozenset({3}), scouts=frozenset({2}), readers=frozenset({1}))
)
WHO = {role: (int(role),) for role in Role}


async def pages(ask: Any, gestures: Any, role: Role, **how: Any) -> str:
    answers = [
        await ask(gestures.command("help", topic=topic.code), settings=TEAM, roles=WHO[role], **how)
        for topic in Topic
    ]
    return "\n\n".join(as_text(each.response) for each in answers)


def lines_of(text: str) -> list[str]:
    return [line.split("`")[1].removeprefix("/") for line in text.split("\n") if line[:1] == "`"]


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
async def test_each_command_that_somebody_may_use_is_explained_once_and_no_other(
    role: Role, ask: Any, gestures: Any
) -> None:
    listed = lines_of(await pages(ask, gestures, role))

    allowed = [path for path, command in COMMANDS.items() if role >= command.role]
    assert sorted(listed) == sorted(allowed)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
async def test_without_a_topic_each_command_is_named(role: Role, ask: Any, gestures: Any) -> None:
    answer = await ask(gestures.command("help"), settings=TEAM, roles=WHO[role])

    text = as_text(answer.response)
    for path, command in COMMANDS.items():
        assert (f"{path}`" in text) == (role >= command.role), path


async def test_a_topic_chosen_below_takes_the_messages_place(ask: Any, gestures: Any) -> None:
    answer = await ask(gestures.choose("help:topic@1", "setup"), administrator=True)

    assert answer.verdict == "ok"
    assert "/setup show" in as_text(answer.response)


async def test_a_topic_that_there_is_not_is_stale(ask: Any, gestures: Any) -> None:
    answer = await ask(gestures.choose("help:topic@1", "cooking"))

    assert answer.verdict == "refused"


@pytest.mark.parametrize(("locale", "language"), [("en-US", "en"), ("fr", "fr")])
async def test_help_reads_as_it_was_reviewed(
    locale: str, language: str, ask: Any, gestures: Any
) -> None:
    """What is said of each topic, and one of them whole: commands describe themselves."""
    path = Path(__file__).parent / "answers" / f"help.{language}.md"
    answers = []
    for topic, role in [*((topic, 3) for topic in Topic), (Topic.SETUP, 1)]:
        action = gestures.command("help", topic=topic.code)
        answer = await ask(action, settings=TEAM, roles=(role,), locale=locale)
        is_whole = topic is Topic.SETUP
        lines = as_text(answer.response).split("\n")
        answers.append("\n".join(lines[:-1] if is_whole else lines[:2]))

    text = "\n\n".join(answers) + "\n"

    assert text == reviewed(path, text)
