"""What ``/brief`` says beside the half pages, or in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.core.text.notices import NAME_SHOWN, fit_lines, notice, shown
from scooty.core.text.style import Tone
from scooty.domain.text import clean, shorten

if TYPE_CHECKING:
    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.features.briefs.calls import Sheets

_NAMED: Final = 800
"""UTF-16 units of names for whom nothing is printed."""


def sheets_printed(found: Sheets, t: Translator, *, has_pdf: bool) -> Reply:
    """Say what the files are, and for whom there is nothing in them; the caller attaches them."""
    count = sum(sheet.opponent is not None for sheet in found.sheets)
    parts = [
        t("sheets.printed.text") if has_pdf else t("sheets.printed.text_only"),
        _without(found, t),
    ]
    title = t.plural("sheets.printed.title", count, round=found.round)
    return notice(
        Tone.KNOWN,
        title,
        "\n\n".join(filter(None, parts)),
        footer=t("card.footer", event=shorten(clean(found.event.name), NAME_SHOWN)),
    )


def nothing_to_print(found: Sheets, t: Translator, *, of_team: bool) -> Reply:
    """Say why there is no half page: nobody is linked, a bye, or no pairing."""
    if found.total:
        title, text = t("sheets.nothing.title", round=found.round), _without(found, t)
    elif of_team:
        title, text = t("sheets.nobody.title"), t("sheets.nobody.text")
    else:
        title, text = t("sheets.not_linked.title"), t("sheets.not_linked.text")
    return notice(Tone.REFUSED, title, text)


def _without(found: Sheets, t: Translator) -> str:
    lines = [
        t("sheets.unpaired" if not sheet.is_paired else "sheets.bye", name=shown(clean(sheet.name)))
        for sheet in found.sheets
        if sheet.opponent is None
    ]
    text, kept = fit_lines(lines, _NAMED)
    left_out = len(lines) - kept + found.total - len(found.sheets)
    return f"{text}\n{t.plural('brief.more', left_out)}".lstrip() if left_out else text


def drafting(t: Translator) -> Reply:
    """Say that there are no notes in a draft, and what ends it."""
    return notice(Tone.REFUSED, t("sheets.drafting.title"), t("sheets.drafting.text"))


def too_big_to_send(t: Translator) -> Reply:
    """Say that Discord takes no file of that size here."""
    return notice(Tone.REFUSED, t("sheets.too_big.title"), t("sheets.too_big.text"))
