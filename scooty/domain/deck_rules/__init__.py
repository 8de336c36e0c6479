"""Which archetype a decklist is: rules in files beside this one, one a format."""

from scooty.domain.deck_rules.reading import OUR_RULES, our_rules, read_rules
from scooty.domain.deck_rules.rules import DeckRule, FormatRules, Needed
from scooty.domain.deck_rules.suggesting import Match, Suggestion, rules_for, suggest

__all__ = [
    "OUR_RULES",
    "DeckRule",
    "FormatRules",
    "Match",
    "Needed",
    "Suggestion",
    "our_rules",
    "read_rules",
    "rules_for",
    "suggest",
]
