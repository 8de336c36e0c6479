"""What people paste or upload, read without ever failing on it: bytes in, plain values out."""

from scooty.domain.files.decklists import (
    Board,
    DeckEntry,
    DecklistFile,
    DeckProblem,
    parse_decklist,
)
from scooty.domain.files.decoding import MAX_FILE_BYTES, FileTooLarge, decode
from scooty.domain.files.pairings import PairingsFile, parse_pairings
from scooty.domain.files.people import Person
from scooty.domain.files.report_rows import ReportEntry, ReportsFile, parse_reports
from scooty.domain.files.results import Outcome, Result
from scooty.domain.files.rosters import RosterEntry, RosterFile, parse_roster
from scooty.domain.files.sides import PairingEntry, Side
from scooty.domain.files.source import Reason, Skipped, Unit
from scooty.domain.files.standings import (
    Record,
    StandingEntry,
    StandingsFile,
    parse_standings,
)

__all__ = [
    "MAX_FILE_BYTES",
    "Board",
    "DeckEntry",
    "DeckProblem",
    "DecklistFile",
    "FileTooLarge",
    "Outcome",
    "PairingEntry",
    "PairingsFile",
    "Person",
    "Reason",
    "Record",
    "ReportEntry",
    "ReportsFile",
    "Result",
    "RosterEntry",
    "RosterFile",
    "Side",
    "Skipped",
    "StandingEntry",
    "StandingsFile",
    "Unit",
    "decode",
    "parse_decklist",
    "parse_pairings",
    "parse_reports",
    "parse_roster",
    "parse_standings",
]
