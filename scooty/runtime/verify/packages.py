"""The program and the packages that it needs: are they here, and new enough?"""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement

from scooty import __version__
from scooty.runtime.verify.findings import failed, ok

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scooty.runtime.verify.findings import Finding

_CHECK: Final = "packages"
_AGAIN: Final = (
    "install again: python -m pip install --require-hashes -r requirements/runtime.txt, then "
    "python -m pip install --no-deps ."
)


def check_packages() -> Finding:
    """Compare what is installed with what the installed Scooty asks for."""
    try:
        declared, installed = requires("scooty") or [], version("scooty")
    except PackageNotFoundError:
        return failed(_CHECK, "Scooty runs from a folder and is not installed", _AGAIN)
    needed = list(_needed_here(declared))
    unmet = list(find_unmet(needed))
    if installed != __version__:
        unmet.append(f"Scooty {installed} is installed, and {__version__} runs")
    if unmet:
        return failed(_CHECK, "; ".join(unmet), _AGAIN)
    return ok(
        _CHECK,
        f"Scooty {__version__} on Python {platform.python_version()}, "
        f"{len(needed)} packages as required",
    )


def find_unmet(needed: Iterable[Requirement]) -> Iterator[str]:
    """Say of each requirement that is not met how it is instead."""
    for requirement in needed:
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            yield f"{requirement.name} is not installed"
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            yield f"{requirement.name} {found} is installed, and {requirement.specifier} is needed"


def _needed_here(declared: Iterable[str]) -> Iterator[Requirement]:
    """Leave out what only another system, or an extra, asks for."""
    for line in declared:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement
