"""``/help``: each command once, for those who may use it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scooty.core.storage.settings import GuildSettings
from scooty.core.text.style import NEXT
from scooty.domain.roles import Role
from scooty.features.help.replies import Topic
from scooty.features.registry import COMMANDS
from tests.desk_fixture.reading import as_text, reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator

TEAM = GuildSettings(
    captain_role_ids=frozenset({3}), scout_role_ids=frozenset({2}), reader_role_ids=frozenset({1})
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


def overview_lines(answer: Any) -> list[str]:
    return [line for topic in answer.response.embeds[0].fields for line in topic.value.split("\n")]


def named_in(answer: Any) -> Iterator[str]:
    """What an overview names: ``/event`` in code and the rest of each name after it, or a whole."""
    for line in overview_lines(answer):
        beginning, names = line.removeprefix("`").removeprefix("/").split("`")
        yield from (f"{beginning} {name.strip()}".strip() for name in names.split(NEXT))


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

    allowed = [path for path, command in COMMANDS.items() if role >= command.role]
    assert sorted(named_in(answer)) == sorted(allowed)


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name)
@pytest.mark.parametrize("locale", ["en-US", "fr"])
async def test_no_word_of_the_overview_is_too_long_for_a_phone(
    role: Role, locale: str, ask: Any, gestures: Any
) -> None:
    """A piece of code breaks within itself, so each is short and stands first in its line."""
    answer = await ask(gestures.command("help"), settings=TEAM, roles=WHO[role], locale=locale)

    lines = overview_lines(answer)
    assert all(line.startswith("`") and line.count("`") == 2 for line in lines)
    assert max(len(line.split("`")[1]) for line in lines) <= 30


async def test_an_earlier_name_says_which_one_took_its_place(ask: Any, gestures: Any) -> None:
    answer = await ask(gestures.command("help", topic="events"), administrator=True)

    text = as_text(answer.response)
    assert "`/admin create-event` earlier name of `/event create`" in text
    assert "`/admin update-event-status` Make an event the active one, or close it" in text


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
