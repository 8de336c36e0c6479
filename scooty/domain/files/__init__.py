"""What people paste or upload, read without ever failing on it: bytes in, plain values out."""

from scooty.domain.files.decoding import MAX_FILE_BYTES, FileTooLarge, decode
from scooty.domain.files.people import Person
from scooty.domain.files.rosters import RosterEntry, RosterFile, parse_roster
from scooty.domain.files.source import Reason, Skipped, Unit

__all__ = [
    "MAX_FILE_BYTES",
    "FileTooLarge",
    "Person",
    "Reason",
    "RosterEntry",
    "RosterFile",
    "Skipped",
    "Unit",
    "decode",
    "parse_roster",
]
