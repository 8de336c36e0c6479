"""Whom of a roster a name means: certain, a question with candidates, or nobody."""

from scooty.domain.matching.likeness import name_likeness
from scooty.domain.matching.roster import Ask, Candidate, Certain, Match, NoMatch, Roster

__all__ = ["Ask", "Candidate", "Certain", "Match", "NoMatch", "Roster", "name_likeness"]
