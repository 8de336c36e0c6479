"""What every preview has: a button that leaves it at that, and what is said then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Button
from scooty.rendering.notices import notice
from scooty.rendering.style import Tone

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.i18n import Translator

__all__ = ["cancel_button", "nothing_changed"]


def cancel_button(custom_id: str, t: Translator) -> Button:
    """Leave a preview at that."""
    return Button(label=t("preview.cancel"), custom_id=custom_id)


def nothing_changed(t: Translator) -> Reply:
    """Say that a preview was left at that."""
    return notice(Tone.UNDONE, t("preview.cancelled.title"), t("preview.cancelled.text"))
