"""Buttons, selects and forms of older versions, which messages in channels still hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from actors.discord_gateway.interactions import ButtonPressed, ModalSubmitted, SelectChosen
from scooty.features.registry import route

_MADE: Final = Path(__file__).parent / "custom_ids_0369c7e.json"
CUSTOM_IDS: Final[list[str]] = json.loads(_MADE.read_text(encoding="utf-8"))


def test_every_id_that_an_older_version_made_is_for_the_same_component_with_its_numbers() -> None:
    unlike = []

    for custom_id in CUSTOM_IDS:
        verb, *numbers = custom_id.split("@1")
        arguments = tuple(int(number) for number in "".join(numbers).split(":")[1:])
        for action in (
            ButtonPressed(custom_id=custom_id, message_id=9),
            SelectChosen(custom_id=custom_id, message_id=9, values=()),
            ModalSubmitted(custom_id=custom_id, fields=()),
        ):
            found = route(action)
            is_known = found.target is not None
            if not is_known or (found.log_name, found.arguments) != (verb, arguments):
                unlike.append(custom_id)

    assert unlike == []


@pytest.mark.parametrize("custom_id", ["scout:undo@2:1", "scout:undo:1", "scout:vanish@1", "undo"])
def test_what_no_version_of_before_made_is_still_unknown(custom_id: str) -> None:
    assert route(ButtonPressed(custom_id=custom_id, message_id=9)).target is None
