"""What ``/deck add`` answers: the form to paste into, the preview, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import (
    ActionRow,
    Button,
    Select,
    SelectOption,
    ShowModal,
    TextInput,
)
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import BUTTON_LABEL, EMBED_DESCRIPTION, SELECT_LABEL
from scooty.core.text.notices import fit_lines, notice, shown
from scooty.core.text.previews import cancel_button, left_out
from scooty.core.text.style import NEXT, Tone, mana, person, relative_time
from scooty.domain.decks import likely_companion
from scooty.domain.files import DeckProblem, Reason
from scooty.domain.names import fold
from scooty.domain.text import clean, shorten
from scooty.features.decks.replies.deck_show import companion_line, show_deck_button
from scooty.features.reports.replies.reports import report_recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.deck_rules import Suggestion
    from scooty.domain.decks import Deck
    from scooty.domain.files import DecklistFile, Skipped
    from scooty.features.decks.calls.decks import (
        DeckApplied,
        DeckKept,
        OfferedArchetype,
        ReplacedDeck,
    )

PASTE_DECK = Verb("deck", "paste")
"""A form."""
PLAYER_FIELD: Final = "player"
DECK_FIELD: Final = "list"
REPORT_DECK = Verb("deck", "report")
"""Arguments: the id of the request that kept the list, the archetype's id."""
CHOOSE_DECK_ARCHETYPE = Verb("deck", "other")
"""Arguments: the id of the request that kept the list. A select of archetypes' ids."""
KEEP_DECK = Verb("deck", "keep")
"""Arguments: the id of the request that kept the list."""
CANCEL_DECK = Verb("deck", "cancel")
"""Arguments: the id of the request that kept the list."""

_PASTED: Final = 4_000
"""Characters; as many as a form's field takes."""
_NAME: Final = 100
_TEXT: Final = 60
_WHY_SHOWN: Final = 6
_AROUND: Final = 200
"""Room kept below the lines that may be many."""
_PROBLEMS: Final = {
    DeckProblem.MAIN_TOO_SMALL: "deck.problem.main_too_small",
    DeckProblem.SIDE_TOO_LARGE: "deck.problem.side_too_large",
}


def deck_form(player: str, t: Translator) -> ShowModal:
    """Open the form that a list is pasted into, with the player's name as typed."""
    name = TextInput(
        custom_id=PLAYER_FIELD, label=t("deck.form.player"), value=player, max_length=_NAME
    )
    pasted = TextInput(
        custom_id=DECK_FIELD,
        label=t("deck.form.list"),
        style="paragraph",
        placeholder=t("deck.form.placeholder"),
        max_length=_PASTED,
    )
    return ShowModal(custom_id=PASTE_DECK(), title=t("deck.form.title"), inputs=(name, pasted))


def deck_preview(  # noqa: PLR0913 - what was typed, read, kept and thought of it
    kept: DeckKept,
    deck: Deck,
    file: DecklistFile,
    suggestion: Suggestion,
    t: Translator,
    *,
    player: str,
) -> Reply:
    """Show what was read, what it seems to be, and what can be done with it."""
    known = _player(player, kept, t)
    lines = [
        *_counts(deck, file, t),
        *skipped_lines(file.skipped, t),
        "",
        *_thought(kept, suggestion, t),
        *(("", *known) if known else ()),
    ]
    last = t("deck.nothing_yet", when=relative_time(kept.expires_at))
    text, fitting = fit_lines(lines, EMBED_DESCRIPTION - len(last) - _AROUND)
    if fitting < len(lines):
        text = f"{text}\n{t.plural('list.more', len(lines) - fitting)}"
    title = t("deck.preview.title", player=shown(clean(kept.player or player)))
    reply = notice(Tone.ATTENTION, title, f"{text}\n\n{last}")
    return replace(reply, rows=_rows(kept, suggestion, t))


def _counts(deck: Deck, file: DecklistFile, t: Translator) -> list[str]:
    main, side = t.plural("deck.main", deck.main_count), t.plural("deck.side", deck.side_count)
    lines = [f"**{main}**{NEXT}**{side}**"]
    lines += [f"{Tone.ATTENTION.icon} {t(_PROBLEMS[each])}" for each in file.problems]
    likely = likely_companion(deck)
    if deck.companion is not None:
        lines.append(companion_line(deck.companion, t))
    elif likely is not None:
        lines.append(t("deck.likely_companion", card=shown(clean(likely), _TEXT)))
    return lines


def skipped_lines(skipped: Sequence[Skipped], t: Translator) -> list[str]:
    """Say which lines are no cards, and why."""
    lost = [each for each in skipped if each.reason is not Reason.HEADING]
    if not lost:
        return []
    lines = [(each.number, _reason(each.reason, t), each.text) for each in lost]
    return left_out(t.plural("deck.skipped", len(lost)), lines, len(lost), t)


def _reason(reason: Reason, t: Translator) -> str:
    long = reason is Reason.NAME_TOO_LONG
    return t("deck.reason.name_too_long" if long else "deck.reason.not_understood")


def _thought(kept: DeckKept, suggestion: Suggestion, t: Translator) -> list[str]:
    match = suggestion.match
    if suggestion.tied:
        tied = ", ".join(f"**{shown(each)}**" for each in suggestion.tied)
        lines = [t("deck.tied", archetypes=tied)]
    elif match is None:
        lines = [t("deck.no_rule")]
    else:
        cards = [f"{each.count} {shown(clean(each.card), _TEXT)}" for each in match.why]
        more = len(cards) - _WHY_SHOWN
        if more > 0:
            cards = [*cards[:_WHY_SHOWN], t.plural("list.more", more)]
        found = _offered(kept, match.archetype)
        name = match.archetype if found is None else found.name
        colours = "" if found is None else f" {mana(found.colours)}"
        lines = [
            t("deck.looks_like", archetype=f"**{shown(name)}**{colours}"),
            t("deck.because", cards=", ".join(cards)),
        ]
        if found is None:
            lines.append(t("deck.not_offered", archetype=shown(name)))
    if suggestion.runner_up is not None:
        lines.append(t("deck.runner_up", archetype=shown(suggestion.runner_up)))
    if match is None:
        chosen = any(_offered(kept, each) for each in suggestion.archetypes)
        lines.append(t("deck.choose_below" if chosen else "deck.say_it_yourself"))
    return lines


def _player(player: str, kept: DeckKept, t: Translator) -> list[str]:
    lines = []
    if kept.player is None:
        lines.append(t("deck.new_player", player=shown(clean(player))))
        if kept.alike:
            names = ", ".join(shown(clean(each)) for each in kept.alike)
            lines.append(f"{Tone.ATTENTION.icon} {t('deck.alike', players=names)}")
    if kept.archetype is not None:
        lines.append(t("deck.known_as", archetype=shown(clean(kept.archetype))))
    if kept.replaced is not None:
        lines.append(f"{Tone.ATTENTION.icon} {_replaced('deck.replaces', kept.replaced, t)}")
    return lines


def _replaced(key: str, replaced: ReplacedDeck, t: Translator) -> str:
    when = relative_time(replaced.added_at)
    return t(key, who=person(replaced.added_by, t), when=when)


def _offered(kept: DeckKept, archetype: str) -> OfferedArchetype | None:
    return next((each for each in kept.archetypes if each.key == fold(archetype)), None)


def _rows(kept: DeckKept, suggestion: Suggestion, t: Translator) -> tuple[ActionRow, ...]:
    match = suggestion.match
    best = None if match is None else _offered(kept, match.archetype)
    buttons = [
        Button(label=t("deck.keep"), custom_id=KEEP_DECK(kept.import_id)),
        cancel_button(CANCEL_DECK(kept.import_id), t),
    ]
    if best is not None:
        label = shorten(t("deck.report_as", archetype=clean(best.name)), BUTTON_LABEL)
        report = REPORT_DECK(kept.import_id, best.id)
        buttons.insert(0, Button(label=label, custom_id=report, style="primary"))
    found = (_offered(kept, each) for each in suggestion.archetypes)
    others = {each.id: each for each in found if each is not None and each != best}
    rows = (ActionRow(components=tuple(buttons)),)
    if not others:
        return rows
    select = Select(
        custom_id=CHOOSE_DECK_ARCHETYPE(kept.import_id),
        options=tuple(
            SelectOption(
                label=shorten(f"{clean(each.name)} {mana(each.colours)}", SELECT_LABEL),
                value=str(each.id),
            )
            for each in others.values()
        ),
        placeholder=t("deck.other_archetype"),
    )
    return (*rows, ActionRow(components=(select,)))


def deck_added(added: DeckApplied, t: Translator) -> Reply:
    """Say that a list is kept, and show the player's card if they were reported with it."""
    main, side = t.plural("deck.main", added.main), t.plural("deck.side", added.side)
    event = shown(clean(added.event))
    lines = [t("deck.added.text", counts=f"{main}{NEXT}{side}", event=event)]
    if added.replaced is not None:
        lines.append(_replaced("deck.added.replaced", added.replaced, t))
    title = t("deck.added.title", player=shown(clean(added.player)))
    button = show_deck_button(added.event_id, added.player_id, t)
    kept = notice(Tone.SAVED, title, "\n".join(lines), components=(button,))
    if added.recorded is None:
        return kept
    card = report_recorded(added.recorded, t)
    return replace(card, embeds=(*kept.embeds, *card.embeds), rows=(*card.rows, *kept.rows))
