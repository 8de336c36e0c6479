"""The two buttons under a list of several pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.discord_gateway.replies import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from scooty.core.i18n import Translator


def page_buttons(
    turn_to: Callable[[int], str], page: int, pages: int, t: Translator
) -> tuple[Button, ...]:
    """Lead to the pages before and after; where there is none, the button stays and is disabled.

    Args:
        turn_to: The custom_id that leads to a page.
        page: The one that is shown, from 0.
        pages: How many there are; one needs no buttons.
        t: The reader's language.
    """
    if pages <= 1:
        return ()
    last = pages - 1
    return (
        Button(label=t("page.back"), custom_id=turn_to(max(0, page - 1)), disabled=page == 0),
        Button(
            label=t("page.on"),
            custom_id=turn_to(min(last, page + 1)),
            disabled=page >= last,
        ),
    )
