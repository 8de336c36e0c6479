"""What a column or a JSON key means, whatever it is called in English or in French."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from scooty.domain.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


class Column(StrEnum):
    """What stands in a column."""

    NAME = "name"
    LAST_FIRST = "last_first"
    FIRST = "first"
    LAST = "last"
    USERNAME = "username"
    TABLE = "table"
    ROUND = "round"
    POINTS = "points"
    RECORD = "record"
    RESULT = "result"
    RANK = "rank"
    WINS = "wins"
    LOSSES = "losses"
    DRAWS = "draws"
    WIN_RATE = "win_rate"
    DECKLIST = "decklist"
    COLOURS = "colours"
    COMPANION = "companion"
    KEY_CARDS = "key_cards"
    SIDEBOARD = "sideboard"
    PLAY_PATTERN = "play_pattern"
    VARIANT = "variant"
    COMMENT = "comment"
    SOURCE = "source"
    CONFIDENCE = "confidence"
    REPORTER = "reporter"
    REPORTER_ID = "reporter_id"
    REPORTED_AT = "reported_at"


Field: TypeAlias = tuple[Column, int]
"""A column and whose it is: 0 is the first player's (or nobody's), 1 the second's."""

_WORDS: Final = {
    Column.NAME: "name player playername fullname displayname competitor participant nom joueur "
    "joueuse nomjoueur nomdujoueur nomcomplet playerdisplayname team teamname equipe "
    "nomdelequipe competitorname participantname",
    Column.LAST_FIRST: "displaynamelastfirst playerdisplaynamelastfirst lastfirst",
    Column.FIRST: "firstname givenname prenom playerfirstname",
    Column.LAST: "lastname surname familyname nomdefamille playerlastname",
    Column.USERNAME: "username handle pseudo pseudonyme identifiant utilisateur nomdutilisateur "
    "arenaname arena arenaid mtgo mtgoname gameid playergameid playerusername nickname",
    Column.TABLE: "table tablenumber tableno tablenum tbl numerodetable notable ntable "
    "numerotable tablenumero",
    Column.ROUND: "round roundnumber ronde numeroderonde roundno tour",
    Column.POINTS: "points pts matchpoints point score playerpoints playerpts totalpoints",
    Column.RECORD: "record matchrecord bilan wld wldrecord playerrecord",
    Column.RESULT: "result resultstring resultat matchresult winner vainqueur gagnant",
    Column.RANK: "rank place position rang classement pos ranking standing",
    Column.WINS: "wins win won victoires matchwins",
    Column.LOSSES: "losses loss lost defaites matchlosses",
    Column.DRAWS: "draws draw ties nuls nulles egalites matchdraws",
    Column.WIN_RATE: "opponentwinrate omw omwp omwpct opponentmatchwinpercentage "
    "opponentsmatchwin opponentmatchwin vma",
    Column.DECKLIST: "decklist deck deckname liste listededeck archetype",
    Column.COLOURS: "colours colors couleurs",
    Column.COMPANION: "companion compagnon",
    Column.KEY_CARDS: "keycards cartescles cartescle",
    Column.SIDEBOARD: "sideboard reserve",
    Column.PLAY_PATTERN: "playpattern playpatterns styledejeu",
    Column.VARIANT: "variant variante",
    Column.COMMENT: "comment comments commentaire commentaires note notes remarque remarques",
    Column.SOURCE: "source origine",
    Column.CONFIDENCE: "confidence sureness confiance certitude",
    Column.REPORTER: "reporter reportedby scout signalepar eclaireur",
    Column.REPORTER_ID: "reporterid",
    Column.REPORTED_AT: "reportedat signalele",
}
_MEANINGS: Final = {word: column for column, words in _WORDS.items() for word in words.split()}
_SIDE: Final = re.compile(r"[12]")
_OTHER: Final = re.compile(r"opponents?|opp|adversaire|opposant")


def meaning(header: str) -> Field | None:
    """Return what a header means, or None. *Player 2*, *Adversaire* are the second player's."""
    key = "".join(character for character in fold(header[:100]) if character.isalnum())
    if key in _MEANINGS:
        return _MEANINGS[key], 0
    if (other := _OTHER.sub("", key, count=1)) != key:
        column = _MEANINGS.get(other or "player")
        return (column, 1) if column else None
    if (one := _SIDE.search(key)) and (column := _MEANINGS.get(_SIDE.sub("", key, count=1))):
        return column, int(one[0]) - 1
    return None


def fields_of(headers: Iterable[str]) -> tuple[Field | None, ...]:
    """Return what each header means; one that comes again is the second player's.

    Beside a first name, a column *Nom* or *Name* is the last name.
    """
    found: list[Field | None] = []
    for header in headers:
        field = meaning(header)
        if field in found and field is not None:
            field = (field[0], 1) if (field[0], 1) not in found else None
        found.append(field)
    for side in (0, 1):
        if (Column.FIRST, side) in found and (Column.LAST, side) not in found:
            found = [(Column.LAST, side) if f == (Column.NAME, side) else f for f in found]
    return tuple(found)


def is_heading(text: str) -> bool:
    """Tell whether a line of text is nothing but names of columns."""
    cells = [cell for cell in re.split(r"\t+| {2,}", text.strip()) if cell.strip()]
    words = [word for word in fold(text).split() if not word.isdigit()]
    return (len(cells) > 1 and all(map(meaning, cells))) or (
        bool(words) and all(map(meaning, words))
    )
