"""Answers as people read them, for tests that compare them with what was reviewed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from actors.discord_gateway.replies import (
    Button,
    OfferChoices,
    Reply,
    Response,
    Select,
    ShowModal,
    UpdateMessage,
)

if TYPE_CHECKING:
    from pathlib import Path

    from actors.discord_gateway.replies import TextInput
    from scooty.core.dispatch import Conclusion

__all__ = ["as_text", "button", "reply_of", "reviewed"]


def as_text(response: Response) -> str:
    """Return what a person reads, line by line."""
    match response:
        case UpdateMessage(reply=reply):
            return f"(in place of the message)\n{as_text(reply)}"
        case Reply():
            return "\n".join(_lines(response))
        case ShowModal():
            return "\n".join((f"(form) {response.title}", *map(_input, response.inputs)))
        case OfferChoices():
            return "\n".join(f"- {each.name} = {each.value}" for each in response.choices)


def _lines(reply: Reply) -> list[str]:
    lines = [] if reply.ephemeral else ["(seen by all)"]
    lines += [reply.content] if reply.content else []
    for embed in reply.embeds:
        lines += [embed.title or "", embed.description or ""]
        lines += [f"{field.name}: {field.value}" for field in embed.fields]
        lines += [f"-- {embed.footer}"] if embed.footer else []
    lines += [f"(file) {file.name}" for file in reply.files]
    for row in reply.rows:
        for component in row.components:
            if isinstance(component, Select):
                options = " | ".join(f"{o.label} ({o.description})" for o in component.options)
                lines.append(f"[{component.placeholder}: {options}]")
            else:
                lines.append(f"[{component.emoji or ''}{component.label}]")
    return lines


def _input(field: TextInput) -> str:
    needed = "" if field.required else " (optional)"
    return f"[{field.label}{needed}: {field.value or ''}]"


def reply_of(conclusion: Conclusion) -> Reply:
    """Return the message of an answer, be it new or in the place of another."""
    response = conclusion.response
    reply = response.reply if isinstance(response, UpdateMessage) else response
    assert isinstance(reply, Reply)
    return reply


def button(conclusion: Conclusion, label: str) -> str:
    """Return the id of the one button with that label."""
    [found] = [
        part.custom_id
        for row in reply_of(conclusion).rows
        for part in row.components
        if isinstance(part, Button) and part.label == label
    ]
    return found


def reviewed(path: Path, text: str) -> str:
    """Return what was reviewed and committed; with ``SCOOTY_REWRITE_ANSWERS=1``, write it anew."""
    if os.environ.get("SCOOTY_REWRITE_ANSWERS"):
        path.write_text(text, encoding="utf-8")
    return path.read_text(encoding="utf-8")
