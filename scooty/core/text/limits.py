"""Discord's size limits, as far as replies are fitted to them.

They are counted in UTF-16 units, the strictest reading (`scooty.domain.text.length`); what is over
a limit all the same is found by the gateway before Discord refuses it.

Source: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
Source: https://discord.com/developers/docs/components/reference
Source: https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from typing import Final

MESSAGE_CONTENT: Final = 2_000
EMBED_TITLE: Final = 256
EMBED_DESCRIPTION: Final = 4_096
EMBED_FIELD_VALUE: Final = 1_024
BUTTON_LABEL: Final = 80
SELECT_OPTIONS: Final = 25
SELECT_LABEL: Final = 100
CHOICES: Final = 25
CHOICE_LABEL: Final = 100
"""Of a choice's name, and of its value when that is a text."""
