"""What every preview has: what was left out, and a button that leaves it at that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button
from scooty.core.text.notices import notice, shown
from scooty.core.text.style import Tone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator

_SHOWN: Final = 8
_TEXT: Final = 60


def left_out(
    headline: str, lines: Sequence[tuple[int, str, str]], count: int, t: Translator
) -> list[str]:
    """List the first lines of which nothing was taken.

    Args:
        headline: How many there are, in words.
        lines: Number, reason in the reader's language, and text as it stood there, of the first.
        count: How many there are.
        t: The reader's language.
    """
    listed = [f"• {headline}"]
    for number, reason, text in lines[:_SHOWN]:
        said = t("preview.left_out", number=number, reason=reason)
        listed.append(f"  - {said} · {shown(text, _TEXT)}" if text else f"  - {said}")
    if count > _SHOWN:
        listed.append(f"  - {t.plural('list.more', count - _SHOWN)}")
    return listed


def cancel_button(custom_id: str, t: Translator) -> Button:
    """Leave a preview at that."""
    return Button(label=t("preview.cancel"), custom_id=custom_id)


def nothing_changed(t: Translator) -> Reply:
    """Say that a preview was left at that."""
    return notice(Tone.UNDONE, t("preview.cancelled.title"), t("preview.cancelled.text"))
