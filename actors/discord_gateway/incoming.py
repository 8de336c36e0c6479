"""From Discord's raw INTERACTION_CREATE to an `InteractionReceived`: pure, and without the library.

The library would build an Interaction, a Member, a Guild and a Message for each event; nothing of
that is used here, so the JSON object is read directly.

Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from actors.discord_gateway.interactions import (
    AttachmentOption,
    AutocompleteRequested,
    ButtonPressed,
    CommandInvoked,
    InteractionKey,
    InteractionReceived,
    ModalSubmitted,
    Option,
    Person,
    SelectChosen,
    SubmittedField,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from actors.discord_gateway.interactions import InteractionAction, OptionValue

DEFAULT_ATTACHMENT_LIMIT: Final = 10 * 1024 * 1024
"""Bytes. Source: https://discord.com/developers/docs/reference#uploading-files"""

_ADMINISTRATOR: Final = 1 << 3

_SUBCOMMAND: Final = 1
_SUBCOMMAND_GROUP: Final = 2
_INTEGER: Final = 4
_SNOWFLAKES: Final = frozenset({6, 7, 8, 9})
_MAY_BE_PERSONS: Final = frozenset({6, 9})
_NUMBER: Final = 10
_ATTACHMENT: Final = 11

_BUTTON: Final = 2


class UnreadableInteractionError(ValueError):
    """The event has not the documented shape; the text names what is missing, no user's words."""


def parse_interaction(raw: Mapping[str, Any], *, received_at: datetime) -> InteractionReceived:
    """Read one interaction.

    Args:
        raw: The ``d`` of the INTERACTION_CREATE event.
        received_at: Aware UTC; when the event reached this process.

    Returns:
        The interaction as plain values.

    Raises:
        UnreadableInteractionError: When a part is missing, or has another shape than documented.
    """
    try:
        return _parse(raw, received_at)
    except UnreadableInteractionError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        # A KeyError's text is the missing key; the others may quote the person's words.
        detail = f"no {error}" if isinstance(error, KeyError) else type(error).__name__
        raise UnreadableInteractionError(detail) from None


def _parse(raw: Mapping[str, Any], received_at: datetime) -> InteractionReceived:
    return InteractionReceived(
        key=InteractionKey(
            id=int(raw["id"]),
            application_id=int(raw["application_id"]),
            token=_text(raw["token"]),
        ),
        action=_action(raw),
        person=_person(raw),
        guild_id=_snowflake(raw.get("guild_id")),
        channel_id=_snowflake(raw.get("channel_id") or (raw.get("channel") or {}).get("id")),
        locale=_text(raw.get("locale") or raw.get("guild_locale") or "en-US"),
        guild_locale=raw.get("guild_locale"),
        received_at=received_at,
        attachment_size_limit=int(raw.get("attachment_size_limit") or DEFAULT_ATTACHMENT_LIMIT),
    )


def _action(raw: Mapping[str, Any]) -> InteractionAction:
    content = raw["data"]
    match raw["type"]:
        case 2:
            path, options = _path_and_options(content)
            return CommandInvoked(path=path, options=(*options, *_target(content)))
        case 3 if content["component_type"] == _BUTTON:
            return ButtonPressed(
                custom_id=_text(content["custom_id"]), message_id=int(raw["message"]["id"])
            )
        case 3:
            return SelectChosen(
                custom_id=_text(content["custom_id"]),
                message_id=int(raw["message"]["id"]),
                values=tuple(_text(value) for value in content.get("values") or ()),
            )
        case 4:
            path, options = _path_and_options(content)
            return AutocompleteRequested(path=path, focused=_focused(content), options=options)
        case 5:
            return ModalSubmitted(
                custom_id=_text(content["custom_id"]),
                fields=tuple(_submitted_fields(content["components"])),
                message_id=_snowflake((raw.get("message") or {}).get("id")),
            )
        case _:
            raise UnreadableInteractionError("unknown interaction type")


def _path_and_options(content: Mapping[str, Any]) -> tuple[str, tuple[Option, ...]]:
    names, leaves = _descend(content)
    resolved = content.get("resolved") or {}
    attachments = resolved.get("attachments") or {}
    options = tuple(
        Option(
            name=_text(leaf["name"]),
            value=_value(leaf, attachments),
            display_name=_name_of_person(leaf, resolved),
        )
        for leaf in leaves
    )
    return " ".join(names), options


def _name_of_person(leaf: Mapping[str, Any], resolved: Mapping[str, Any]) -> str | None:
    """Return how a person is called whose id an option has; None when it is nobody's."""
    users = (resolved.get("users") or {}) if leaf["type"] in _MAY_BE_PERSONS else {}
    user = users.get(leaf["value"])
    if user is None:
        return None
    member = (resolved.get("members") or {}).get(leaf["value"]) or {}
    return _text(_shown_name(member, user))


def _descend(content: Mapping[str, Any]) -> tuple[list[str], list[Mapping[str, Any]]]:
    """Follow sub-command groups and sub-commands down to the filled-in options."""
    names = [_text(content["name"])]
    options = list(content.get("options") or ())
    while options and options[0]["type"] in (_SUBCOMMAND, _SUBCOMMAND_GROUP):
        names.append(_text(options[0]["name"]))
        options = list(options[0].get("options") or ())
    return names, options


def _focused(content: Mapping[str, Any]) -> str:
    for leaf in _descend(content)[1]:
        if leaf.get("focused"):
            return _text(leaf["name"])
    raise UnreadableInteractionError("no option is focused")


def _value(leaf: Mapping[str, Any], attachments: Mapping[str, Any]) -> OptionValue:
    value, kind = leaf["value"], leaf["type"]
    if kind == _ATTACHMENT:
        return _attachment(attachments[value])
    if not isinstance(value, str):
        return _number(value, kind)
    if kind in _SNOWFLAKES:
        return int(value)
    # While typing, a number arrives as the text so far, which need not be a number yet.
    return value


def _number(value: object, kind: int) -> OptionValue:
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        # JSON has one kind of number: 3.0 for an integer and 3 for a number are both legal.
        return int(value) if kind == _INTEGER else float(value) if kind == _NUMBER else value
    raise UnreadableInteractionError("an option's value is neither text, number nor boolean")


def _attachment(raw: Mapping[str, Any]) -> AttachmentOption:
    return AttachmentOption(
        id=int(raw["id"]),
        filename=_text(raw["filename"]),
        size=int(raw["size"]),
        content_type=raw.get("content_type"),
        url=_text(raw["url"]),
    )


def _target(content: Mapping[str, Any]) -> Iterator[Option]:
    """What a command of the context menu was used on: its id and, of a message, its text."""
    if "target_id" not in content:
        return
    target_id = _text(content["target_id"])
    yield Option(name="target", value=int(target_id))
    messages = (content.get("resolved") or {}).get("messages") or {}
    if target_id in messages:
        yield Option(name="content", value=_text(messages[target_id].get("content") or ""))


def _submitted_fields(components: list[Mapping[str, Any]]) -> Iterator[SubmittedField]:
    """Text inputs, in action rows (several) or in labels (one), as Discord sends both."""
    for container in components:
        inner = [container["component"]] if "component" in container else container["components"]
        for component in inner:
            if "value" in component:
                yield SubmittedField(
                    custom_id=_text(component["custom_id"]), value=_text(component["value"])
                )


def _person(raw: Mapping[str, Any]) -> Person:
    member = raw.get("member") or {}
    user = member.get("user") or raw["user"]
    return Person(
        user_id=int(user["id"]),
        display_name=_text(_shown_name(member, user)),
        role_ids=tuple(int(role) for role in member.get("roles") or ()),
        is_administrator=bool(int(member.get("permissions") or 0) & _ADMINISTRATOR),
    )


def _shown_name(member: Mapping[str, Any], user: Mapping[str, Any]) -> object:
    return member.get("nick") or user.get("global_name") or user["username"]


def _snowflake(value: object) -> int | None:
    return int(value) if isinstance(value, (str, int)) else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableInteractionError("a text is not a text")
    return value
