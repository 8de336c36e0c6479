"""Each command, its suggestions and each button, tried by each kind of person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pytest

from actors.discord_gateway.replies import OfferChoices, Reply
from scooty.core.i18n import ENGLISH
from scooty.core.storage.settings import GuildSettings
from scooty.core.text.problems import Effect
from scooty.domain.roles import Role
from scooty.errors import StorageUnavailable
from scooty.features.privacy.replies import ERASE_ME
from scooty.features.registry import COMMANDS, COMPONENTS

AWAY = StorageUnavailable("connection refused", may_have_been_saved=False)
CAPTAINS, SCOUTS, READERS, OTHERS = 11, 12, 13, 14
TEAM = GuildSettings(
    captain_role_ids=frozenset({CAPTAINS}),
    scout_role_ids=frozenset({SCOUTS}),
    reader_role_ids=frozenset({READERS}),
)


@dataclass(frozen=True, kw_only=True)
class Comer:
    """Somebody as they come, and the role that they have by their team's settings."""

    how: dict[str, Any]
    role: int
    """0 for none."""
    settings: GuildSettings = TEAM


PEOPLE: Final = {
    "an administrator": Comer(how={"administrator": True}, role=Role.CAPTAIN),
    "a captain": Comer(how={"roles": (READERS, CAPTAINS)}, role=Role.CAPTAIN),
    "a scout": Comer(how={"roles": (SCOUTS, OTHERS, READERS)}, role=Role.SCOUT),
    "a reader": Comer(how={"roles": (READERS,)}, role=Role.READER),
    "a stranger": Comer(how={"roles": (OTHERS,)}, role=0),
    "somebody without any role": Comer(how={}, role=0),
    "an administrator where no roles are set": Comer(
        how={"administrator": True}, role=Role.CAPTAIN, settings=GuildSettings()
    ),
    "anybody else where no roles are set": Comer(
        how={"roles": (OTHERS,)}, role=Role.SCOUT, settings=GuildSettings()
    ),
}
people = pytest.mark.parametrize("who", PEOPLE.values(), ids=list(PEOPLE))
REFUSALS = (
    ENGLISH("problem.captains_only"),
    ENGLISH("problem.scouts_only"),
    ENGLISH("problem.no_role", roles="|").split("|")[0],
)
SUGGESTING = [
    (command, option) for command in COMMANDS.values() for option in command.autocompleters
]


def is_role_refusal(conclusion: Any) -> bool:
    response = conclusion.response
    if not isinstance(response, Reply) or conclusion.verdict != "refused":
        return False
    text = response.embeds[0].description or ""
    return any(refusal in text for refusal in REFUSALS)


@people
async def test_a_command_is_refused_to_whoever_has_too_low_a_role_and_to_nobody_else(
    who: Comer, ask: Any, gestures: Any, storage: Any
) -> None:
    refused, low = set(), {path for path, each in COMMANDS.items() if who.role < each.role}

    for path in COMMANDS:
        storage.calls.clear()
        action = gestures.command(path, opponent="Jane", archetype="Burn", name="Jane")
        conclusion = await ask(action, outcome=AWAY, settings=who.settings, **who.how)
        refused |= {path} if is_role_refusal(conclusion) else set()
        assert not (path in low and storage.calls), path

    assert refused == low


@people
async def test_a_button_or_form_is_refused_to_whoever_has_too_low_a_role_and_to_nobody_else(
    who: Comer, ask: Any, gestures: Any, storage: Any
) -> None:
    refused, low = set(), {verb for verb, each in COMPONENTS.items() if who.role < each.role}

    for verb in COMPONENTS:
        storage.calls.clear()
        gesture = gestures.press(verb(1, 2))
        conclusion = await ask(gesture, outcome=AWAY, settings=who.settings, **who.how)
        refused |= {verb} if is_role_refusal(conclusion) else set()
        assert not (verb in low and storage.calls), verb.log_name

    assert refused == low


@people
async def test_suggestions_are_nothing_to_whoever_may_not_use_the_command(
    who: Comer, ask: Any, gestures: Any, storage: Any
) -> None:
    denied = [(command, option) for command, option in SUGGESTING if who.role < command.role]

    for command, option in denied:
        typing = gestures.typing(command.path, option)
        conclusion = await ask(typing, settings=who.settings, **who.how)
        assert conclusion.response == OfferChoices(choices=()), command.path

    assert storage.calls == []


async def test_while_nobody_knows_the_roles_a_member_may_only_report(
    ask: Any, gestures: Any, storage: Any
) -> None:
    for path, command in COMMANDS.items():
        storage.calls.clear()
        action = gestures.command(path, opponent="Jane", archetype="Burn", name="Jane")
        may = command.shows_no_team or command.effect is Effect.REPORT

        conclusion = await ask(action, outcome=AWAY, settings=AWAY, roles=(CAPTAINS,))

        text = conclusion.response.embeds[0].description
        assert (text == ENGLISH("problem.roles_unknown")) is not may, path
        assert may or (storage.calls == [] and conclusion.verdict == "unavailable"), path


async def test_while_nobody_knows_the_roles_nothing_is_suggested(
    ask: Any, gestures: Any, storage: Any
) -> None:
    conclusion = await ask(gestures.typing("scout", "opponent"), settings=AWAY)

    assert conclusion.response == OfferChoices(choices=())
    assert storage.calls == []


async def test_while_nobody_knows_the_roles_an_administrator_may_look_up(
    ask: Any, gestures: Any, storage: Any
) -> None:
    await ask(
        gestures.command("check", name="Jane"), outcome=AWAY, settings=AWAY, administrator=True
    )

    assert [call.function for call in storage.calls] == ["check_player"]


async def test_a_role_given_to_everyone_is_everybodys(ask: Any, gestures: Any) -> None:
    everyone = GuildSettings(scout_role_ids=frozenset({1}))

    conclusion = await ask(
        gestures.command("scout", opponent="Jane", archetype="Burn"),
        outcome=AWAY,
        settings=everyone,
        guild_id=1,
    )

    assert conclusion.verdict == "unavailable"


async def test_a_stranger_reads_which_roles_they_would_need(ask: Any, gestures: Any) -> None:
    conclusion = await ask(gestures.command("check", name="Jane"), settings=TEAM)

    text = conclusion.response.embeds[0].description
    assert f"<@&{SCOUTS}>, <@&{READERS}>" in text


def test_what_changes_something_is_not_for_those_who_may_only_look_up() -> None:
    effects = [(entry.effect, entry.role) for entry in COMMANDS.values()]
    effects += [
        (entry.effect, entry.role)
        for verb, entry in COMPONENTS.items()
        if verb != ERASE_ME  # whoever is held here may have themselves erased
    ]
    changing = [role for effect, role in effects if effect is not Effect.NOTHING]

    assert changing
    assert min(changing) >= Role.SCOUT
