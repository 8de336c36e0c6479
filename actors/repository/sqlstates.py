"""What PostgreSQL's error codes mean for a call, whatever road they come by.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from actors.repository.errors import Cause

_ENDS: Final = ("08", "57P", "25006", "F0")
"""Connection exceptions, the server's shutdown and start, a server that turned read-only."""
_MAY_PASS: Final = ("53", "40", "55P03", "57014", "25P03", "25P04", "58")
"""No resources, serialization and deadlock, a lock or statement timeout, the machine's own errors.

The transaction is rolled back and the connection is well: a later call may succeed.
"""
_CONTENTION: Final = ("40", "55P03")
_OVERLOAD: Final = ("53", "54", "57014", "25P")


def ends_connection(code: str) -> bool:
    """Tell whether a SQLSTATE means that the connection to the server is of no more use.

    Even an orderly one may overtake the answer to a transaction that has committed.
    """
    return code.startswith(_ENDS)


def may_pass(code: str) -> bool:
    """Tell whether a SQLSTATE says that nothing was saved, and that it may work later."""
    return code.startswith(_MAY_PASS)


def cause_of(code: str) -> Cause:
    """Tell what a SQLSTATE of a failed call says about the database."""
    if code.startswith(_CONTENTION):
        return "contention"
    return "overload" if code.startswith(_OVERLOAD) else "outage"
