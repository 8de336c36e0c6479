"""Each command, its suggestions and each button, tried by each kind of person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from actors.discord_gateway.replies import OfferChoices, Reply
from scooty.commands.registry import COMMANDS, COMPONENTS
from scooty.domain.roles import Role
from scooty.errors import StorageUnavailable
from scooty.i18n import ENGLISH
from scooty.rendering.problems import Effect

if TYPE_CHECKING:
    from scooty.commands.command import Command

AWAY = StorageUnavailable("connection refused", may_have_been_saved=False)
PEOPLE = {"an administrator": (True, Role.CAPTAIN), "anybody else": (False, Role.SCOUT)}


def is_role_refusal(conclusion: Any) -> bool:
    response = conclusion.response
    if not isinstance(response, Reply) or conclusion.verdict != "refused":
        return False
    return ENGLISH("problem.captains_only") in (response.embeds[0].description or "")


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=lambda command: command.path)
async def test_a_command_is_refused_to_whoever_has_too_low_a_role_and_to_nobody_else(
    command: Command, person: str, ask: Any, gestures: Any, storage: Any
) -> None:
    administrator, role = PEOPLE[person]
    action = gestures.command(command.path, opponent="Jane", archetype="Burn", name="Jane")

    conclusion = await ask(action, outcome=AWAY, administrator=administrator)

    assert is_role_refusal(conclusion) == (role < command.role)
    assert not (role < command.role and storage.calls)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("component", COMPONENTS.values(), ids=lambda each: each.verb.log_name)
async def test_a_button_is_refused_to_whoever_has_too_low_a_role_and_to_nobody_else(
    component: Any, person: str, ask: Any, gestures: Any, storage: Any
) -> None:
    administrator, role = PEOPLE[person]

    conclusion = await ask(
        gestures.press(component.verb(1, 2)), outcome=AWAY, administrator=administrator
    )

    assert is_role_refusal(conclusion) == (role < component.role)
    assert not (role < component.role and storage.calls)


@pytest.mark.parametrize(
    ("path", "focused"),
    [
        (path, option)
        for path, command in COMMANDS.items()
        if command.role is Role.CAPTAIN
        for option in command.autocompleters
    ],
)
async def test_a_captains_suggestions_are_nothing_to_anybody_else(
    path: str, focused: str, ask: Any, gestures: Any, storage: Any
) -> None:
    conclusion = await ask(gestures.typing(path, focused), outcome=AWAY)

    assert conclusion.response == OfferChoices(choices=())
    assert storage.calls == []


def test_what_changes_something_is_not_for_those_who_may_only_look_up() -> None:
    effects = [(entry.effect, entry.role) for entry in COMMANDS.values()]
    effects += [(entry.effect, entry.role) for entry in COMPONENTS.values()]
    changing = [role for effect, role in effects if effect is not Effect.NOTHING]

    assert changing
    assert min(changing) >= Role.SCOUT
