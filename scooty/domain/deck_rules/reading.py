"""From a folder of TOML files, one a format, to rules; what is wrong in one is told exactly.

A file: its ``format``; ``colours``, which for each set of colours lists the cards that show it; and
``rules``, each with an ``archetype``, a ``priority``, what it needs (``all``: copies by card;
``any``: ``at_least`` so many copies of ``cards`` together), what it must not have (``none``), and
perhaps the ``colours`` that the deck must show.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeGuard

from scooty.domain.colours import COLOURS
from scooty.domain.deck_rules.rules import DeckRule, FormatRules, Needed
from scooty.domain.decks import card_key
from scooty.domain.names import fold, is_name
from scooty.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

OUR_RULES: Final = Path(__file__).parent
"""The folder of the rules that come with the program."""
_MOST_COPIES: Final = 250
_HIGHEST: Final = 1000
_COPIES: Final = f"a whole number from 1 to {_MOST_COPIES}"
_CARDS: Final = "a list of cards' names"
_SET: Final = f"a set of colours out of {COLOURS}, each once and in this order"


@cache
def our_rules() -> tuple[FormatRules, ...]:
    """Return the rules that come with the program."""
    return read_rules(OUR_RULES)


def read_rules(folder: Path) -> tuple[FormatRules, ...]:
    """Read every ``*.toml`` of a folder.

    Raises:
        ConfigError: One cannot be used; the text names the file, the key and the expected form.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise ConfigError(f"{folder} holds no rules. Expected: a file FORMAT.toml for each format.")
    read = tuple(map(_read, files))
    formats = [each.format for each in read]
    for file, each in zip(files, formats, strict=True):
        if formats.count(each) > 1:
            raise _wrong(file, "format", "one that no other file has")
    return read


def _read(file: Path) -> FormatRules:
    try:
        fields = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{file} cannot be read as TOML: {error}.") from None
    return rules_in(str(file), fields)


def rules_in(name: str, fields: Mapping[str, object]) -> FormatRules:
    """Return the rules of one file.

    Args:
        name: What errors call it.
        fields: What was read of it.

    Raises:
        ConfigError: They cannot be used.
    """
    return _File(name).rules_of(fields)


def _wrong(file: Path | str, key: str, expected: str) -> ConfigError:
    return ConfigError(f"{file}: {key} cannot be used. Expected: {expected}.")


class _File:
    """One file while it is read.

    Args:
        name: What errors call it.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def rules_of(self, fields: Mapping[str, object]) -> FormatRules:
        self._only(fields, "", "format", "colours", "rules")
        name = fields.get("format")
        if not isinstance(name, str) or not fold(name) or " " in fold(name):
            raise self._wrong("format", "one word, such as modern")
        rules = fields.get("rules")
        if not isinstance(rules, list) or not rules:
            raise self._wrong(
                "rules", "[[rules]] with an archetype and what it needs, once or more"
            )
        return FormatRules(
            format=fold(name),
            rules=tuple(self._rule(each, f"rules[{place}]") for place, each in enumerate(rules)),
            colours=self._colours(fields.get("colours", {})),
        )

    def _wrong(self, key: str, expected: str) -> ConfigError:
        return _wrong(self._name, key, expected)

    def _only(self, fields: Mapping[str, object], within: str, *known: str) -> None:
        for key in fields:
            if key not in known:
                raise self._wrong(f"{within}{key}", f"one of {', '.join(known)}")

    def _colours(self, fields: object) -> dict[str, str]:
        if not isinstance(fields, dict):
            raise self._wrong("colours", f"a table from {_SET}, to {_CARDS}")
        found: dict[str, str] = {}
        for colours, cards in fields.items():
            where = f"colours.{colours}"
            if not _is_set(colours) or not colours:
                raise self._wrong(where, _SET)
            for card in self._cards(cards, where):
                if card in found:
                    raise self._wrong(where, f"each card once; {card!r} is in {found[card]}, too")
                found[card] = colours
        return found

    def _rule(self, fields: object, where: str) -> DeckRule:
        if not isinstance(fields, dict):
            raise self._wrong(where, "a table")
        self._only(fields, f"{where}.", "archetype", "priority", "all", "any", "none", "colours")
        archetype, colours = fields.get("archetype"), fields.get("colours")
        if not isinstance(archetype, str) or not is_name(archetype):
            raise self._wrong(f"{where}.archetype", "a name of 1 to 100 characters")
        if colours is not None and not _is_set(colours):
            raise self._wrong(f"{where}.colours", _SET)
        needs = (
            *self._all(fields.get("all", {}), f"{where}.all"),
            *self._any(fields.get("any", []), f"{where}.any"),
        )
        if not needs:
            raise self._wrong(where, "all or any, or the rule would fit every deck")
        return DeckRule(
            archetype=archetype,
            priority=self._number(fields.get("priority"), f"{where}.priority", _HIGHEST),
            needs=needs,
            none=frozenset(self._cards(fields.get("none", []), f"{where}.none")),
            colours=colours,
        )

    def _all(self, fields: object, where: str) -> list[Needed]:
        if not isinstance(fields, dict):
            raise self._wrong(where, f"a table from cards' names to {_COPIES}")
        return [
            Needed(cards=(card_key(card),), at_least=self._number(copies, f"{where}.{card}"))
            for card, copies in fields.items()
        ]

    def _any(self, groups: object, where: str) -> list[Needed]:
        if not isinstance(groups, list):
            raise self._wrong(where, "a list of tables with at_least and cards")
        found: list[Needed] = []
        for place, group in enumerate(groups):
            inner = f"{where}[{place}]"
            if not isinstance(group, dict):
                raise self._wrong(inner, "a table with at_least and cards")
            self._only(group, f"{inner}.", "at_least", "cards")
            cards = self._cards(group.get("cards"), f"{inner}.cards")
            at_least = self._number(group.get("at_least"), f"{inner}.at_least")
            found.append(Needed(cards=cards, at_least=at_least))
        return found

    def _cards(self, names: object, where: str) -> tuple[str, ...]:
        if not isinstance(names, list) or not all(
            isinstance(name, str) and is_name(name) for name in names
        ):
            raise self._wrong(where, _CARDS)
        return tuple(dict.fromkeys(map(card_key, names)))

    def _number(self, value: object, where: str, highest: int = _MOST_COPIES) -> int:
        if type(value) is not int or not 1 <= value <= highest:  # a bool is an int to isinstance
            raise self._wrong(where, f"a whole number from 1 to {highest}")
        return value


def _is_set(colours: object) -> TypeGuard[str]:
    return isinstance(colours, str) and colours == "".join(
        each for each in COLOURS if each in colours
    )
