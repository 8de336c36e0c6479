"""What ``scooty verify`` says of the packages that are installed."""

from __future__ import annotations

from importlib.metadata import version

from packaging.requirements import Requirement

from scooty import __version__
from scooty.runtime.verify.packages import check_packages, find_unmet


def test_this_installation_is_well() -> None:
    finding = check_packages()

    assert finding.state == "ok"
    assert finding.fact.startswith(f"Scooty {__version__} on Python 3.")


def test_a_package_that_is_missing_or_too_old_is_named_with_what_is_needed() -> None:
    needed = ["aiohttp>=1", "orjson>=999", "no-such-package>=1"]

    unmet = list(find_unmet(map(Requirement, needed)))

    assert unmet == [
        f"orjson {version('orjson')} is installed, and >=999 is needed",
        "no-such-package is not installed",
    ]
