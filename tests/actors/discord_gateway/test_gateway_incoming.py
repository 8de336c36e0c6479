from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.discord_gateway.incoming import UnreadableInteractionError, parse_interaction
from actors.discord_gateway.interactions import (
    AttachmentOption,
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    InteractionReceived,
    ModalSubmitted,
    Option,
    Person,
    SelectChosen,
    SubmittedField,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TOKEN = "aW50ZXJhY3Rpb24"  # noqa: S105 - an example


def interaction(kind: int, content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": "1100",
        "application_id": "42",
        "type": kind,
        "token": TOKEN,
        "version": 1,
        "data": content,
        "guild_id": "77",
        "channel_id": "88",
        "member": {
            "user": {"id": "5", "username": "sam", "global_name": "Sam"},
            "nick": None,
            "roles": ["901", "902"],
            "permissions": "2147483648",
        },
        "locale": "fr",
        "guild_locale": "en-US",
        "attachment_size_limit": 524_288,
        **changes,
    }


def parse(raw: dict[str, Any]) -> InteractionReceived:
    return parse_interaction(raw, received_at=NOW)


def test_a_command_becomes_its_name_and_options() -> None:
    raw = interaction(
        2,
        {
            "id": "1",
            "type": 1,
            "name": "scout",
            "options": [
                {"name": "opponent", "type": 3, "value": "Doe, Jane"},
                {"name": "round", "type": 4, "value": 3},
                {"name": "seen", "type": 5, "value": True},
                {"name": "share", "type": 10, "value": 2},
                {"name": "mate", "type": 6, "value": "5"},
            ],
        },
    )

    received = parse(raw)

    assert received.action == CommandInvoked(
        path="scout",
        options=(
            Option(name="opponent", value="Doe, Jane"),
            Option(name="round", value=3),
            Option(name="seen", value=True),
            Option(name="share", value=2.0),
            Option(name="mate", value=5),
        ),
    )
    assert received.key.id == 1100
    assert received.key.application_id == 42
    assert received.guild_id == 77
    assert received.channel_id == 88
    assert (received.locale, received.guild_locale) == ("fr", "en-US")
    assert received.received_at == NOW
    assert received.attachment_size_limit == 524_288


def test_a_nested_command_becomes_a_path() -> None:
    create = {"name": "create", "type": 1, "options": [{"name": "n", "type": 3, "value": "x"}]}
    content = {"name": "admin", "options": [{"name": "event", "type": 2, "options": [create]}]}

    action = parse(interaction(2, content)).action

    assert action == CommandInvoked(
        path="admin event create", options=(Option(name="n", value="x"),)
    )


def test_an_attachment_option_is_looked_up_among_the_resolved() -> None:
    file = {"id": "9", "filename": "a.csv", "size": 3, "url": "https://cdn/a", "content_type": None}
    content = {
        "name": "import",
        "options": [{"name": "file", "type": 11, "value": "9"}],
        "resolved": {"attachments": {"9": file}},
    }

    action = parse(interaction(2, content)).action

    assert isinstance(action, CommandInvoked)
    assert action.options[0].value == AttachmentOption(
        id=9, filename="a.csv", size=3, content_type=None, url="https://cdn/a"
    )


@pytest.mark.parametrize(
    ("member", "name"), [({"nick": "The Captain"}, "The Captain"), ({}, "Kim"), (None, "Kim")]
)
def test_a_person_given_as_an_option_is_called_as_the_server_calls_them(
    member: dict[str, Any] | None, name: str
) -> None:
    resolved: dict[str, Any] = {"users": {"5": {"id": "5", "username": "k", "global_name": "Kim"}}}
    if member is not None:
        resolved["members"] = {"5": member}
    content = {
        "name": "assign",
        "options": [{"name": "member", "type": 6, "value": "5"}],
        "resolved": resolved,
    }

    action = parse(interaction(2, content)).action

    assert action == CommandInvoked(
        path="assign", options=(Option(name="member", value=5, display_name=name),)
    )


def test_a_command_of_the_context_menu_carries_its_target_and_the_message_text() -> None:
    content = {
        "name": "Scout this",
        "type": 3,
        "target_id": "31",
        "resolved": {"messages": {"31": {"content": "Doe plays Storm"}}},
    }

    action = parse(interaction(2, content)).action

    assert action == CommandInvoked(
        path="Scout this",
        options=(Option(name="target", value=31), Option(name="content", value="Doe plays Storm")),
    )


def test_typing_names_the_focused_option_and_keeps_an_unfinished_number_as_text() -> None:
    content = {
        "name": "scout",
        "options": [
            {"name": "round", "type": 4, "value": "1-"},
            {"name": "opponent", "type": 3, "value": "Do", "focused": True},
        ],
    }

    action = parse(interaction(4, content)).action

    assert action == AutocompleteRequested(
        path="scout",
        focused="opponent",
        options=(Option(name="round", value="1-"), Option(name="opponent", value="Do")),
    )


def test_a_button_and_a_select_name_their_message() -> None:
    message = {"id": "600"}

    button = parse(interaction(3, {"custom_id": "undo:1", "component_type": 2}, message=message))
    select = parse(
        interaction(
            3, {"custom_id": "pick", "component_type": 3, "values": ["a", "b"]}, message=message
        )
    )

    assert button.action == ButtonPressed(custom_id="undo:1", message_id=600)
    assert select.action == SelectChosen(custom_id="pick", message_id=600, values=("a", "b"))


@pytest.mark.parametrize(
    "components",
    [
        [{"type": 1, "components": [{"type": 4, "custom_id": "why", "value": "slow"}]}],
        [{"type": 18, "component": {"type": 4, "custom_id": "why", "value": "slow"}}],
    ],
    ids=["in an action row", "in a label"],
)
def test_a_submitted_form_carries_its_fields(components: list[dict[str, Any]]) -> None:
    action = parse(interaction(5, {"custom_id": "edit", "components": components})).action

    assert action == ModalSubmitted(
        custom_id="edit", fields=(SubmittedField(custom_id="why", value="slow"),)
    )


@pytest.mark.parametrize(
    ("member", "name"),
    [
        ({"nick": "Samuel"}, "Samuel"),
        ({}, "Sam"),
        ({"user": {"id": "5", "username": "sam", "global_name": None}}, "sam"),
    ],
)
def test_a_person_is_called_as_the_server_calls_them(member: dict[str, Any], name: str) -> None:
    raw = interaction(2, {"name": "ping"})
    raw["member"] = {**raw["member"], **member}

    assert parse(raw).person == Person(user_id=5, display_name=name, role_ids=(901, 902))


def test_an_administrator_is_known_by_the_permission_bit() -> None:
    raw = interaction(2, {"name": "ping"})
    raw["member"]["permissions"] = str((1 << 3) | (1 << 40))

    assert parse(raw).person.is_administrator


def test_a_direct_message_has_a_user_and_no_server() -> None:
    raw = interaction(2, {"name": "ping"}, user={"id": "5", "username": "sam"})
    del raw["member"], raw["guild_id"]

    received = parse(raw)

    assert received.guild_id is None
    assert received.person == Person(user_id=5, display_name="sam")


def test_the_token_is_in_no_repr() -> None:
    assert TOKEN not in repr(parse(interaction(2, {"name": "ping"})))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(part=st.sampled_from(sorted(interaction(2, {}))), junk=JSON)
def test_a_part_of_another_shape_is_read_or_refused_and_nothing_else(part: str, junk: Any) -> None:
    raw = interaction(2, {"name": "ping", "options": []}, **{part: junk})

    with contextlib.suppress(UnreadableInteractionError):
        assert isinstance(parse(raw), InteractionReceived)


@given(kind=st.integers(0, 6), content=JSON)
def test_any_content_is_read_or_refused_and_nothing_else(kind: int, content: Any) -> None:
    raw = interaction(kind, content, message={"id": "600"})

    with contextlib.suppress(UnreadableInteractionError):
        assert isinstance(parse(raw), InteractionReceived)


OPTIONS = st.one_of(
    st.tuples(st.just(3), st.text()),
    st.tuples(st.just(4), st.integers(-(2**53), 2**53)),
    st.tuples(st.just(5), st.booleans()),
    st.tuples(st.just(10), st.floats(allow_nan=False, allow_infinity=False)),
)


@given(values=st.lists(OPTIONS, max_size=25))
def test_option_values_arrive_unchanged_and_in_order(values: list[tuple[int, Any]]) -> None:
    options = [
        {"name": f"o{index}", "type": kind, "value": value}
        for index, (kind, value) in enumerate(values)
    ]

    action = parse(interaction(2, {"name": "c", "options": options})).action

    assert isinstance(action, CommandInvoked)
    assert [option.value for option in action.options] == [value for _, value in values]
