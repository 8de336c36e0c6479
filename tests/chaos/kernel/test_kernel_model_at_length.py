"""The supervisor against its model, at length."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.chaos.kernel.findings import findings
from tests.chaos.kernel.model_machine import SupervisorMachine, tally
from tests.chaos.kernel.model_settings import QUICK

pytestmark = pytest.mark.chaos

EXAMPLES = 2000


@pytest.mark.timeout(900)
def test_the_supervisor_does_what_its_model_does_in_two_thousand_examples() -> None:
    tally.clear()

    run_state_machine_as_test(SupervisorMachine, settings=settings(QUICK, max_examples=EXAMPLES))

    counts = ", ".join(f"{what} {count}" for what, count in tally.items())
    findings.append(f"supervisor and model agree: {counts}")
    assert tally["examples"] >= EXAMPLES
