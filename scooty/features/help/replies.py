"""What ``/help`` answers: what a person may do, by topic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from actors.discord_gateway.replies import EmbedField, Select, SelectOption
from scooty.core.text.custom_ids import Verb
from scooty.core.text.limits import EMBED_DESCRIPTION, SELECT_LABEL
from scooty.core.text.notices import fit_lines, notice
from scooty.core.text.style import NEXT, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.discord_gateway.replies import Reply
    from scooty.core.i18n import Translator
    from scooty.domain.roles import Role

HELP_TOPIC: Final = Verb("help", "topic")
"""A select whose values are topics."""


class Topic(Enum):
    """What help is about; two keys of the catalogues: its title, and how it is done."""

    REPORT = ("help.report", "help.report.how")
    LOOK_UP = ("help.look_up", "help.look_up.how")
    EVENTS = ("help.events", "help.events.how")
    ROUNDS = ("help.rounds", "help.rounds.how")
    PLAYERS = ("help.players", "help.players.how")
    ARCHETYPES = ("help.archetypes", "help.archetypes.how")
    PRIVACY = ("help.privacy", "help.privacy.how")
    OPERATIONS = ("help.operations", "help.operations.how")
    SETUP = ("help.setup", "help.setup.how")

    @property
    def code(self) -> str:
        """What stands for it in an option or a select."""
        return self.name.lower()

    @property
    def title(self) -> str:
        """A key of the catalogues."""
        return self.value[0]

    @property
    def how(self) -> str:
        """A key of the catalogues."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpEntry:
    """A command as help shows it."""

    topic: Topic
    role: Role
    """The least that may use it."""
    call: dict[str, str]
    """How it is called, by language: as it is typed, or its name in a menu."""
    text: dict[str, str]
    """What it does, by language; empty for what is in a menu."""
    menu: str = ""
    """Of what is in a menu: the catalogues' key of which one."""
    same_as: str = ""
    """Of an earlier name: how it is typed now."""


def overview(entries: Iterable[HelpEntry], role: Role, t: Translator) -> Reply:
    """Show what there is for somebody of ``role``, and a list of topics to read more of."""
    by_topic = {
        topic: [each for each in entries if each.topic is topic and role >= each.role]
        for topic in Topic
    }
    offered = {topic: found for topic, found in by_topic.items() if found}
    fields = tuple(
        EmbedField(name=t(topic.title), value=_calls(found, t)) for topic, found in offered.items()
    )
    return notice(
        Tone.KNOWN,
        t("help.title"),
        t("help.text"),
        fields=fields,
        components=(_select(offered, t, None),),
    )


def topic_page(entries: Iterable[HelpEntry], topic: Topic, role: Role, t: Translator) -> Reply:
    """Explain one topic: how it is done, and each of its commands that ``role`` may use."""
    own = [each for each in entries if role >= each.role]
    offered = [each for each in Topic if any(entry.topic is each for entry in own)]
    lines = [_line(entry, t) for entry in own if entry.topic is topic]
    how = t(topic.how) if lines else t("help.not_for_you")
    listed, _ = fit_lines(lines, EMBED_DESCRIPTION - len(how) - 2)
    text = f"{how}\n\n{listed}".rstrip()
    return notice(Tone.KNOWN, t(topic.title), text, components=(_select(offered, t, topic),))


def _calls(entries: Iterable[HelpEntry], t: Translator) -> str:
    """Name each command, those of one beginning in a line: a phone breaks it between names."""
    lines: dict[str, list[str]] = {}
    for entry in entries:
        call = entry.call[t.language]
        beginning, _, name = call.rpartition(" ")
        if beginning and not entry.menu:
            lines.setdefault(beginning, []).append(name)
        else:
            lines[call] = []
    return "\n".join(f"`{call}` {NEXT.join(names)}".rstrip() for call, names in lines.items())


def _line(entry: HelpEntry, t: Translator) -> str:
    if entry.same_as:
        does = t("help.same_as", call=entry.same_as)
    else:
        does = t(entry.menu) if entry.menu else entry.text[t.language]
    return f"`{entry.call[t.language]}` {does}"


def _select(offered: Iterable[Topic], t: Translator, chosen: Topic | None) -> Select:
    options = tuple(
        SelectOption(label=t(topic.title)[:SELECT_LABEL], value=topic.code, default=topic is chosen)
        for topic in offered
    )
    return Select(custom_id=HELP_TOPIC(), options=options, placeholder=t("help.choose"))
