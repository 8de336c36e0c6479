"""The console command, ``scooty``: one module for each of its commands."""

from scooty.runtime.cli.entry import main

__all__ = ["main"]
