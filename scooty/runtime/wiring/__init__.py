"""Who exists, in what order they start, and who may ask whom: the only modules with child specs.

The ask graph, which has no cycle (an arrow is "asks"; the gateway only *tells* the desk)::

    http_server -> web -> supervisor, gateway, repository, cache, outbox, observer
    observer -> gateway
    operator_alerts -> gateway, repository, cache, observer, supervisor
    desk -> rate_limiter, outbox, repository, cache, gateway, observer, scheduler, supervisor,
        live_board, announcer, charts
    live_board, announcer -> repository, gateway
    outbox -> repository, cache, gateway
    scheduler -> jobs -> repository, outbox, gateway, cache, observer, supervisor, live_board,
        announcer
    demo -> repository, cache
    scheduler, lease -> repository

The desk and the outbox tell the live board and the operator alerts (``operator_alerts``) which
guilds have changed.

Start order: what others need first. The desk starts after the gateway, and so stops before it: at
a drain the gateway leaves Discord first, the desk finishes what it has, and the gateway still
delivers those answers. What comes in before the desk is ready waits in the desk's mailbox. The
outbox needs no lease: a process that waits for its turn delivers what it has promised before.
"""

from scooty.runtime.wiring.bot import child_specs, run_bot
from scooty.runtime.wiring.database import storage_specs

__all__ = ["child_specs", "run_bot", "storage_specs"]
