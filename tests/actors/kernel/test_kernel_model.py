"""The supervisor against its model; the drills run two thousand examples."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.chaos.kernel.model_machine import SupervisorMachine
from tests.chaos.kernel.model_settings import QUICK


@pytest.mark.timeout(600)  # for a failure only: it is made small before it is shown
def test_the_supervisor_does_what_its_model_does() -> None:
    run_state_machine_as_test(SupervisorMachine, settings=settings(QUICK, derandomize=True))
