"""From what is in a form to what a report is to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scooty.domain.colours import read_colours
from scooty.domain.observations import LAST_ROUND
from scooty.domain.report_forms import LAST_TABLE, read_list, read_number
from scooty.domain.text import clean
from scooty.errors import UserError
from scooty.features.reports.calls.editing import EditReport
from scooty.features.reports.replies.report_forms import FIELD_LIMITS
from scooty.features.reports.replies.report_texts import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scooty.core.i18n import Translator
    from scooty.domain.ids import ReportId

_LISTS: Final = frozenset({"key_cards", "sideboard"})


class FormProblemError(UserError):
    """Something in a form cannot be used.

    Args:
        sentences: What, one a field, in the person's language.
    """

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("report.not_saved")
        self.sentences = sentences


def read_form(
    report_id: ReportId, revision: int, typed: Mapping[str, str], t: Translator
) -> EditReport:
    """Read what was typed into the fields of a form; one that it did not have stays as it is.

    Raises:
        FormProblemError: At least one field cannot be used.
    """
    read: dict[str, str | int | None] = {}
    problems = []
    for name in LABELS:
        if name not in typed:
            continue
        text = read_list(typed[name]) if name in _LISTS else clean(typed[name])
        problem = _problem(name, text, t)
        if problem:
            problems.append(problem)
        else:
            read[name] = _value(name, text) if text else None
    if problems:
        raise FormProblemError(tuple(problems))
    archetype = read.pop("archetype", None)
    return EditReport(
        report_id=report_id,
        revision=revision,
        archetype=None if archetype is None else str(archetype),
        changes=read,
    )


def _value(name: str, text: str) -> str | int | None:
    match name:
        case "colours":
            return read_colours(text)
        case "round":
            return read_number(text, LAST_ROUND)
        case "table_number":
            return read_number(text, LAST_TABLE)
        case _:
            return text


def _problem(name: str, text: str, t: Translator) -> str | None:
    limit, field = FIELD_LIMITS[name], t(LABELS[name])
    if name == "archetype" and not any(character.isalnum() for character in text):
        return t("report.problem.archetype")
    if len(text) > limit:
        return t("report.problem.long", field=field, limit=limit, length=len(text))
    if not text or _value(name, text) is not None:
        return None
    if name == "colours":
        return t("report.problem.colours")
    return t(
        "report.problem.number", field=field, last=LAST_ROUND if name == "round" else LAST_TABLE
    )
