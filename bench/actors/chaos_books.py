"""The books of the chaos line, as numbers for the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.actors.errands import Ledger, SureNote
from bench.actors.line import quantile

if TYPE_CHECKING:
    from bench.actors.line import Numbers

__all__ = ["books"]


def books(ledger: Ledger, *, hurts: int, beyond: int) -> Numbers:
    """Return what both sides are compared by."""
    sure = [errand for errand in ledger.accepted.values() if isinstance(errand.message, SureNote)]
    return {
        "hurts": hurts,
        "asks": ledger.asks,
        "never": ledger.asks - len(ledger.latencies),
        "answered": ledger.answered,
        "p50": quantile(ledger.latencies, 0.5),
        "p99": quantile(ledger.latencies, 0.99),
        "longest": max(ledger.latencies),
        "tells": len(ledger.accepted) + ledger.refused,
        "lost": len(ledger.lost),
        "beyond": beyond + ledger.refused,
        "sure": len(sure),
        "sure_lost": sum(isinstance(errand.message, SureNote) for errand in ledger.lost),
        "duplicated": ledger.duplicated,
    }
