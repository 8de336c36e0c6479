"""The gateway actor's vocabulary. Import the actor itself from ``actors.discord_gateway.actor``.

Only these plain values are re-exported here, so that code which merely talks *about* Discord does
not pay for importing the discord library (0.4 s, 43 MiB).
"""

from actors.discord_gateway.declarations import *  # noqa: F403 - a re-export
from actors.discord_gateway.interactions import *  # noqa: F403 - a re-export
from actors.discord_gateway.messages import *  # noqa: F403 - a re-export
from actors.discord_gateway.replies import *  # noqa: F403 - a re-export
