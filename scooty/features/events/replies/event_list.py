"""What shows events: the list, the facts of one, and the choices while one is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import Button, Choice, OfferChoices
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import CHOICE_LABEL, CHOICES, EMBED_DESCRIPTION
from scooty.core.text.notices import dated, fit_lines, notice, shown
from scooty.core.text.numbers import percent
from scooty.core.text.style import Tone, day, relative_time
from scooty.domain.field import FEWEST_FOR_PERCENTAGES
from scooty.domain.text import clean, shorten
from scooty.features.events.replies.event_changes import PHASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.core.storage.port import Decklists
    from scooty.features.events.calls import EventFacts, EventPage, EventShown, ListedEvent

EVENT_PAGE = Verb("event", "page")
"""Arguments: how many events come before the page."""
EVENTS_A_PAGE: Final = 8
"""Two lines each: what a phone shows at once."""

FORMATS: Final[Mapping[str, str]] = {
    "standard": "format.standard",
    "pioneer": "format.pioneer",
    "modern": "format.modern",
    "legacy": "format.legacy",
    "vintage": "format.vintage",
    "pauper": "format.pauper",
    "limited": "format.limited",
}
"""What formats are called: keys of the catalogues."""
DECKLISTS: Final[Mapping[Decklists, str]] = {
    "open": "event.decklists.open",
    "closed": "event.decklists.closed",
}
_NAME_SHOWN: Final = 60
_ACTIVE, _CLOSED = "🟢", "⚪"
_BACK, _ON = "◀️", "▶️"


def events_listed(page: EventPage, t: Translator) -> Reply:
    """Show a page of the list, with buttons to the pages around it."""
    if not page.total:
        return notice(Tone.KNOWN, t("event.list.title"), t("event.list.none"))
    text, count = fit_lines((_line(each, t) for each in page.events), EMBED_DESCRIPTION)
    last = page.skipped + count
    footer = None
    if count < page.total:
        footer = t("event.list.footer", first=page.skipped + 1, last=last, total=page.total)
    buttons = []
    if page.skipped:
        before = max(0, page.skipped - EVENTS_A_PAGE)
        buttons.append(Button(label=t("page.back"), custom_id=EVENT_PAGE(before), emoji=_BACK))
    if last < page.total:
        buttons.append(Button(label=t("page.on"), custom_id=EVENT_PAGE(last), emoji=_ON))
    return notice(Tone.KNOWN, t("event.list.title"), text, footer=footer, components=tuple(buttons))


def _line(listed: ListedEvent, t: Translator) -> str:
    facts = listed
    icon = _ACTIVE if facts.active else _CLOSED
    players = t.plural("stats.players", listed.players)
    reports = t.plural("choice.reports", listed.reports)
    head = f"{icon} **{shown(clean(facts.name), _NAME_SHOWN)}** · {_span(facts, t)}"
    return f"{head}\n> {players} · {reports}"


def _span(facts: EventFacts, t: Translator) -> str:
    begun = day(facts.created_at)
    if facts.closed_at is None:
        return t("event.active_since", day=begun)
    return t("event.from_to", begun=begun, closed=day(facts.closed_at))


def event_shown(found: EventShown, t: Translator) -> Reply:
    """Show the facts of one event."""
    facts = found.facts
    lines = [f"{_ACTIVE if facts.active else _CLOSED} {_span(facts, t)}", *_terms(facts, t), ""]
    lines += [_players(found, t), _reports(found, t)] if found.seen else [t("stats.nothing")]
    if found.first_report_at and found.last_report_at:
        lines.append(
            t(
                "event.show.times",
                first=relative_time(found.first_report_at),
                last=relative_time(found.last_report_at),
            )
        )
    tone = Tone.ATTENTION if found.as_of else Tone.COUNTED
    return notice(tone, shown(clean(facts.name)), dated("\n".join(lines), found.as_of, t))


def _terms(facts: EventFacts, t: Translator) -> list[str]:
    known = []
    if facts.format is not None:
        known.append(_format(facts.format, t))
    if facts.decklists is not None:
        known.append(t(DECKLISTS[facts.decklists]))
    if facts.active:
        known.append(t(PHASES[facts.phase]))
    return [" · ".join(known)] if known else []


def _format(name: str, t: Translator) -> str:
    key = FORMATS.get(name)
    return shown(name) if key is None else t(key)


def _players(found: EventShown, t: Translator) -> str:
    line = t.plural("stats.known", found.seen, known=found.known)
    if found.known >= FEWEST_FOR_PERCENTAGES:
        line += f" ({percent(found.known / found.seen, t)})"
    if found.listed:
        line += f" · {t('event.show.listed', count=found.listed)}"
    return line


def _reports(found: EventShown, t: Translator) -> str:
    reports = t.plural("choice.reports", found.reports)
    if not found.reports:
        return reports
    line = f"{reports} {t.plural('event.show.contributors', found.contributors)}"
    return (
        line if found.rounds is None else f"{line} · {t('event.show.rounds', round=found.rounds)}"
    )


def no_event_to_show(t: Translator) -> Reply:
    """Say that there is no active event, and how to see another."""
    return notice(Tone.REFUSED, t("no_event.title"), t("event.show.no_event"))


def event_choices(found: Iterable[EventFacts], t: Translator) -> OfferChoices:
    """Offer events with how they stand; the value is the event's id.

    Names are unique in a guild but for case and accents, so labels that were cut may be equal.
    """
    choices: dict[str, Choice] = {}
    for facts in list(found)[:CHOICES]:
        mark = t("choice.event.active") if facts.active else f"{facts.created_at:%Y-%m-%d}"
        suffix = f" · {mark}"
        name = clean(facts.name)
        label = shorten(name, CHOICE_LABEL - len(suffix)) + suffix
        if label in choices:
            suffix = f" · {facts.id}{suffix}"
            label = shorten(name, CHOICE_LABEL - len(suffix)) + suffix
        choices[label] = Choice(name=label, value=str(facts.id))
    return OfferChoices(choices=tuple(choices.values()))


def schema_level(level: int, wanted: int, t: Translator) -> Reply:
    """Say at which level the database's tables are, and that nobody has to do anything."""
    same = level == wanted
    text = t("schema.text", level=level) if same else t("schema.other", level=level, wanted=wanted)
    return notice(Tone.KNOWN if same else Tone.ATTENTION, t("schema.title"), text)
