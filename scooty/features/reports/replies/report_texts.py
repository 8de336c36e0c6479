"""What a report says, in lines: all of it, or what changed in it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Final

from scooty.core.text.notices import shown
from scooty.core.text.style import mana
from scooty.domain.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scooty.core.i18n import Translator
    from scooty.features.reports.calls.editing import ReportSaid

LABELS: Final[Mapping[str, str]] = {
    "archetype": "report.field.archetype",
    "variant": "report.field.variant",
    "colours": "report.field.colours",
    "companion": "report.field.companion",
    "round": "report.field.round",
    "table_number": "report.field.table",
    "key_cards": "report.field.key_cards",
    "sideboard": "report.field.sideboard",
    "play_pattern": "report.field.play_pattern",
    "comment": "report.field.comment",
}
"""Each field of `ReportSaid` that a form has, in the order in which it is read."""
_ARROW: Final = "→"


def said_lines(said: ReportSaid, t: Translator, *, limit: int) -> list[str]:
    """Say what a report says, a line a field; ``limit`` UTF-16 units of each text."""
    values = _values(said)
    return [
        f"**{t(label)}** {typed_value(name, values[name], t, limit=limit)}"
        for name, label in LABELS.items()
        if values[name] is not None
    ]


def change_lines(before: ReportSaid, after: ReportSaid, t: Translator, *, limit: int) -> list[str]:
    """Say what was changed, a line a field; ``limit`` UTF-16 units of each text."""
    return list(_changes(before, after, t, limit))


def _changes(before: ReportSaid, after: ReportSaid, t: Translator, limit: int) -> Iterator[str]:
    if before.deleted is not after.deleted:
        yield t("report.change.deleted") if after.deleted else t("report.change.restored")
    was, now = _values(before), _values(after)
    for name, label in LABELS.items():
        if was[name] != now[name]:
            old = typed_value(name, was[name], t, limit=limit)
            new = typed_value(name, now[name], t, limit=limit)
            yield f"**{t(label)}** {old} {_ARROW} {new}"


def typed_value(name: str, value: str | int | None, t: Translator, *, limit: int) -> str:
    """Show one field's value, fit to stand in an embed."""
    if value is None:
        return t("report.nothing")
    if name == "colours":
        return mana(str(value))
    return shown(clean(str(value)), limit)


def _values(said: ReportSaid) -> dict[str, str | int | None]:
    return {each.name: getattr(said, each.name) for each in fields(said)}
