"""What imports of pairings and standings say alike: forms, skipped lines, what is not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import ShowModal, TextInput
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import EMBED_DESCRIPTION
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.previews import left_out
from scooty.core.text.style import Tone
from scooty.domain.files import Reason
from scooty.domain.text import length

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.imports import EventOver
    from scooty.domain.files import Skipped
    from scooty.domain.ids import RequestId
    from scooty.features.pairings.calls.round_files import RoundCounts, RoundFileKind
    from scooty.features.players.calls.rosters import SkippedLine

PASTED: Final = "pasted"
"""The form's field."""

_FIELD: Final = 4_000
"""Characters; as many as a form's field takes."""
_ROUNDS_LISTED: Final = 12
_MORE: Final = 40
"""UTF-16 units in which it is said that there is more."""
_KIB: Final = 1024

_NOT_UNDERSTOOD: Final = "player.import.reason.not_understood"
_REASONS: Final[Mapping[str, str]] = {
    Reason.NO_NAME: "player.import.reason.no_name",
    Reason.NAME_TOO_LONG: "player.import.reason.name_too_long",
    Reason.REPEATED: "round_file.reason.repeated",
    Reason.NO_OPPONENT: "round_file.reason.no_opponent",
    Reason.AMBIGUOUS: "round_file.reason.ambiguous",
    Reason.BROKEN_ROW: "player.import.reason.broken_row",
    Reason.BROKEN_JSON: "player.import.reason.broken_json",
}
"""All others are not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFileVerbs:
    """What can be done with an import; arguments: the id of the request that kept it."""

    paste: Verb
    """A form, whose argument is the round that was named, if one was."""
    more: Verb
    """Opens the form for one more paste."""
    add: Verb
    """That form."""
    same: Verb
    """A select whose values are places in the import."""
    drop: Verb

    @classmethod
    def of(cls, name: str) -> RoundFileVerbs:
        """Return the verbs of the command ``name``."""
        return cls(
            paste=Verb(name, "paste"),
            more=Verb(name, "more"),
            add=Verb(name, "add"),
            same=Verb(name, "same"),
            drop=Verb(name, "drop"),
        )


def paste_form(
    verbs: RoundFileVerbs, kind: RoundFileKind, t: Translator, *, round_number: int | None = None
) -> ShowModal:
    """Open the form that pairings or standings are pasted into."""
    custom_id = verbs.paste() if round_number is None else verbs.paste(round_number)
    return _form(custom_id, kind, t)


def add_form(
    verbs: RoundFileVerbs, kind: RoundFileKind, t: Translator, import_id: RequestId
) -> ShowModal:
    """Open the form for one more paste of an import."""
    return _form(verbs.add(import_id), kind, t)


def _form(custom_id: str, kind: RoundFileKind, t: Translator) -> ShowModal:
    if kind == "pairings":
        title, label = t("pairings.form.title"), t("pairings.form.label")
        placeholder = t("pairings.form.placeholder")
    else:
        title, label = t("standings.form.title"), t("standings.form.label")
        placeholder = t("standings.form.placeholder")
    field = TextInput(
        custom_id=PASTED,
        label=label,
        style="paragraph",
        placeholder=placeholder,
        max_length=_FIELD,
    )
    return ShowModal(custom_id=custom_id, title=title, inputs=(field,))


def skipped_lines(skipped: Sequence[Skipped | SkippedLine], count: int, t: Translator) -> list[str]:
    """List the first lines of which nothing was taken, and why; of all there are ``count``."""
    if not count:
        return []
    lines = [
        (each.number, t(_REASONS.get(each.reason, _NOT_UNDERSTOOD)), each.text) for each in skipped
    ]
    return left_out(t.plural("player.import.skipped", count), lines, count, t)


def counted_lines(counts: RoundCounts, t: Translator) -> list[str]:
    """Say who is in it."""
    lines = [t.plural("round_file.players", counts.players)]
    if counts.new_players:
        lines.append(t.plural("round_file.new_players", counts.new_players))
    if counts.byes:
        lines.append(t.plural("round_file.byes", counts.byes))
    if counts.left_out:
        lines.append(t.plural("round_file.left_out", counts.left_out))
    return [f"• {line}" for line in lines]


def preview_text(lines: Sequence[str], last: str, t: Translator) -> str:
    """Join what a preview says, and how it ends: that stands there however long the names are."""
    room = EMBED_DESCRIPTION - length(last) - _MORE
    text, fitting = fit_lines(lines, room)
    if fitting < len(lines):
        text = f"{text}\n{t.plural('list.more', len(lines) - fitting)}"
    return f"{text}\n\n{last}"


def listed_rounds(told: Iterable[int]) -> str:
    """Name rounds, the newest if there are many."""
    return ", ".join(map(str, sorted(told)[-_ROUNDS_LISTED:]))


def import_gone(t: Translator) -> Reply:
    """Say that there is nothing left to apply."""
    return notice(Tone.UNDONE, t("round_file.gone.title"), t("round_file.gone.text"))


def event_over(outcome: EventOver, t: Translator) -> Reply:
    """Say that the event of the preview is not the active one any more."""
    text = t("import.event_over.text", event=shown(outcome.event))
    return notice(Tone.REFUSED, t("import.event_over.title"), text)


def no_event_to_import_to(kind: RoundFileKind, t: Translator) -> Reply:
    """Say that rounds need an event."""
    is_pairings = kind == "pairings"
    text = t("pairings.no_event.text") if is_pairings else t("standings.no_event.text")
    return notice(Tone.REFUSED, t("no_event.title"), text)


def nothing_in_it(kind: RoundFileKind, skipped: Sequence[Skipped], t: Translator) -> Reply:
    """Say that nothing of a file or paste can be used, why, and what can."""
    if kind == "pairings":
        title, text = t("pairings.nothing.title"), t("pairings.nothing.text")
    else:
        title, text = t("standings.nothing.title"), t("standings.nothing.text")
    lines = (text, *skipped_lines(skipped, len(skipped), t))
    return notice(Tone.REFUSED, title, "\n".join(lines))


def other_round(wanted: int, told: Iterable[int], t: Translator) -> Reply:
    """Say that a file or paste is of another round."""
    text = t("pairings.other_round.text", rounds=listed_rounds(told), round=wanted)
    return notice(Tone.REFUSED, t("pairings.other_round.title", round=wanted), text)


def too_much(limit: int, t: Translator) -> Reply:
    """Say how many players an import takes."""
    text = t("round_file.too_much.text", limit=limit)
    return notice(Tone.REFUSED, t("round_file.too_much.title"), text)


def file_too_large(limit_bytes: int, t: Translator) -> Reply:
    """Say how large a file may be."""
    text = t("round_file.too_large.text", limit=limit_bytes // _KIB)
    return notice(Tone.REFUSED, t("player.import.too_large.title"), text)


def file_not_fetched(t: Translator) -> Reply:
    """Say that the file could not be read from Discord, and what to do."""
    text = t("round_file.not_fetched.text")
    return notice(Tone.FAILED, t("player.import.not_fetched.title"), text)
