"""What a team keeps besides reports, by subject: a book for each.

A book calls `scooty.storage.calls.Calls`: one method, one SQL function (in the folder of the
book's name under ``sql/functions``), one transaction, one round trip. A change names its
`scooty.storage.caller.Caller`. Outcomes are frozen values, which a table of `Outcomes` makes of the
function's JSON; only an outage raises. Unlike reports, what is written in a book does not wait in
the outbox: while the database is away nothing is saved, and people are told so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scooty.storage.books.announcements import AnnouncementBook
from scooty.storage.books.archetypes import Archetypes
from scooty.storage.books.assignments import AssignmentBook
from scooty.storage.books.audit import AuditBook
from scooty.storage.books.boards import BoardBook
from scooty.storage.books.briefs import BriefBook
from scooty.storage.books.cards import CardBook
from scooty.storage.books.conflicts import ConflictBook
from scooty.storage.books.decks import DeckBook
from scooty.storage.books.events import EventBook
from scooty.storage.books.exports import ExportBook
from scooty.storage.books.player_merges import PlayerMerges
from scooty.storage.books.players import Players
from scooty.storage.books.predictions import PredictionBook
from scooty.storage.books.privacy import PrivacyBook
from scooty.storage.books.report_imports import ReportImports
from scooty.storage.books.reports import ReportBook
from scooty.storage.books.rosters import RosterBook
from scooty.storage.books.round_files import RoundFiles
from scooty.storage.books.settings import SettingsBook
from scooty.storage.books.team import TeamBook
from scooty.storage.calls import NoCalls

if TYPE_CHECKING:
    from scooty.storage.calls import Calls

__all__ = ["Books"]


@dataclass(frozen=True, slots=True)
class Books:
    """All books of one desk."""

    calls: Calls = field(default_factory=NoCalls)

    @property
    def archetypes(self) -> Archetypes:
        """What may be reported."""
        return Archetypes(self.calls)

    @property
    def briefs(self) -> BriefBook:
        """What a team is told of a round."""
        return BriefBook(self.calls)

    @property
    def assignments(self) -> AssignmentBook:
        """Who watches whom."""
        return AssignmentBook(self.calls)

    @property
    def cards(self) -> CardBook:
        """What is known of players in any event."""
        return CardBook(self.calls)

    @property
    def conflicts(self) -> ConflictBook:
        """What becomes of reports that contradict each other."""
        return ConflictBook(self.calls)

    @property
    def decks(self) -> DeckBook:
        """What players have in their decks, card by card."""
        return DeckBook(self.calls)

    @property
    def events(self) -> EventBook:
        """Which events there are, and which one is active."""
        return EventBook(self.calls)

    @property
    def players(self) -> Players:
        """Who is meant by a name, and who plays."""
        return Players(self.calls)

    @property
    def player_merges(self) -> PlayerMerges:
        """Players who are one person."""
        return PlayerMerges(self.calls)

    @property
    def predictions(self) -> PredictionBook:
        """What speaks for what a player plays."""
        return PredictionBook(self.calls)

    @property
    def boards(self) -> BoardBook:
        """The live board, the digest, and who contributed."""
        return BoardBook(self.calls)

    @property
    def reports(self) -> ReportBook:
        """What becomes of reports after they were made."""
        return ReportBook(self.calls)

    @property
    def settings(self) -> SettingsBook:
        """What teams have chosen."""
        return SettingsBook(self.calls)

    @property
    def exports(self) -> ExportBook:
        """Events as files."""
        return ExportBook(self.calls)

    @property
    def privacy(self) -> PrivacyBook:
        """What is held about whom."""
        return PrivacyBook(self.calls)

    @property
    def report_imports(self) -> ReportImports:
        """Reports from files."""
        return ReportImports(self.calls)

    @property
    def rosters(self) -> RosterBook:
        """Who is on an event's roster."""
        return RosterBook(self.calls)

    @property
    def round_files(self) -> RoundFiles:
        """Pairings and standings from files."""
        return RoundFiles(self.calls)

    @property
    def audit(self) -> AuditBook:
        """Who did what."""
        return AuditBook(self.calls)

    @property
    def team(self) -> TeamBook:
        """Which member is which player, and whom they play."""
        return TeamBook(self.calls)

    @property
    def announcements(self) -> AnnouncementBook:
        """What a team is told when a round is up."""
        return AnnouncementBook(self.calls)
