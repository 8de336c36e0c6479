"""By which rules decklists are told to be an archetype, as the settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scooty.domain.deck_rules import our_rules, read_rules
from scooty.errors import ConfigError

if TYPE_CHECKING:
    from scooty.domain.deck_rules import FormatRules
    from scooty.runtime.config import Settings


def deck_rules(settings: Settings) -> tuple[FormatRules, ...]:
    """Read the operator's rules, or ours where there are none.

    Raises:
        ConfigError: A file cannot be used.
    """
    if settings.deck_rules_dir is None:
        return our_rules()
    try:
        return read_rules(settings.deck_rules_dir)
    except ConfigError as error:
        raise ConfigError(f"SCOOTY_DECK_RULES_DIR cannot be used: {error}") from None
