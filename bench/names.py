"""How well names on lists are matched against a roster of 2,000: `python -m bench.names`.

The error model, drawn by a fixed seed. A roster is made of 2,000 different people from 180 first
names and some 700 last names; 1 in 8 has two first names, 1 in 12 two last names, and 24 names
serve as first and as last name. Then each person is written once as somebody else might:

- 30 %  the same, in another case
- 15 %  *Last, First*
- 10 %  last name first, without the comma
- 10 %  accents added or lost
- 15 %  one slip: two neighbours swapped, a letter missing, doubled or wrong
-  8 %  two slips
-  7 %  the first name cut to its initial
-  5 %  one of several names left out, else one slip

and 200 more people who are not on the roster are looked up as they are, from the same names.
*Right* is: the player is certain, or among the at most five candidates asked about; how many are
ranked first is told apart, as an initial often fits several players alike. *Wrong* is: certain, and
somebody else.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

from scooty.domain.ids import PlayerId
from scooty.domain.matching import Ask, Certain, Roster
from scooty.domain.names import name_key

SEED = 20261124
PLAYERS = 2000
ABSENT = 200
BOTH = (  # noqa: SIM905 - a list would take a line for each name
    "Thomas Martin Simon Robert Bernard Laurent Vincent Michel Louis Henry Paul Oliver James "
    "Scott Ryan Lee Kim Jordan Taylor Morgan Alexander Gilbert Marcel Arnaud"
).split()
FIRST = (  # noqa: SIM905 - a list would take a line for each name
    "Jane Élodie Jürgen Chloé Søren Zoë Noël José André Amélie Benoît Céline Damien Estelle "
    "Fabien Gaëlle Hugo Inès Jérôme Karim Léa Manon Nadia Océane Pierre Quentin Rémi Sophie "
    "Théo Ugo Valérie William Xavier Yann Zélie Aaron Beth Carl Dana Eric Fiona Greg Hannah "
    "Ivan Julia Kevin Laura Mike Nina Oscar Petra Quinn Rosa Steve Tina Uma Victor Wendy "
    "Ximena Yusuf Anna Bruno Clara Diego Emma Felix Gina Harald Ida Jonas Klara Lukas Mara "
    "Nils Olga Pavel Ralf Sven Tomasz Ursula Viktor Wanda Łukasz Małgorzata Björn Åsa Ødegård "
    "Þór Ana João Nuno Inês Gonçalo Beatriz Caetano Marco Giulia Luca Chiara Paolo Elena "
    "Matteo Sara Kenji Yuki Haruto Sakura Ren Aoi Wei Mei Jun Hao Min Soo Hyun Arjun Priya "
    "Ravi Anita Sanjay Omar Layla Hassan Amira Tariq Noor Sam Alex Chris Pat Robin Casey "
    "Jamie Drew Rory Niall Siobhán Aoife Liam Owen Gwen Rhys Ewan Isla Angus Flora"
).split()
SYLLABLES = (  # noqa: SIM905 - a list would take a line for each name
    "ber mar lan dor vil ros tem gar bel nor hol fis ker sch wal kow nak yam ito oka san cas "
    "per mor lef dub cha rou mul wag hof bra ste kra"
).split()
ENDINGS = (  # noqa: SIM905 - a list would take a line for each name
    "son ski etti ard ier mann ez ov berg oux ley ton ura moto ini quist dale ford nen eau"
).split()
PREFIXES = ("de ", "van der ", "O'", "Mc", "", "", "", "", "", "", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What became of the names looked up."""

    on_roster: int
    certain: int
    asked_first: int
    """Asked, with the right player first."""
    asked_later: int
    """Asked, with the right player further down."""
    missed: int
    """On the roster, and not among the candidates, or nobody found."""
    absent: int
    wrong: int
    """Certain, and somebody else; absent people included."""
    match_ms: float
    """Mean time of one look-up."""

    @property
    def right_share(self) -> float:
        """Of those on the roster."""
        return (self.certain + self.asked_first + self.asked_later) / self.on_roster


def measure(seed: int = SEED) -> Figures:
    """Draw a roster and its misspellings, match them, and count."""
    draw = random.Random(seed)  # noqa: S311 - repeatable names, no secret
    people = _people(draw, PLAYERS + ABSENT)
    players = {PlayerId(number): name for number, name in enumerate(people[:PLAYERS], 1)}
    roster = Roster((player_id, _full(name)) for player_id, name in players.items())
    asked = [(player_id, misspell(draw, name)) for player_id, name in players.items()]
    asked += [(PlayerId(0), _full(name)) for name in people[PLAYERS:]]
    began = time.perf_counter()
    counts = Counter(_verdict(roster, player_id, text) for player_id, text in asked)
    return Figures(
        on_roster=PLAYERS,
        certain=counts["certain"],
        asked_first=counts["first"],
        asked_later=counts["later"],
        missed=counts["missed"],
        absent=ABSENT,
        wrong=counts["wrong"],
        match_ms=(time.perf_counter() - began) / len(asked) * 1000,
    )


def misspell(  # noqa: PLR0911 - one return for each kind of error
    draw: random.Random, name: tuple[str, str]
) -> str:
    """Write a person's name as somebody else might; the shares are in the module's docstring."""
    first, last = name
    error = draw.choices(range(8), weights=(30, 15, 10, 10, 15, 8, 7, 5))[0]
    if error == 0:
        return draw.choice((str.upper, str.lower, str.title))(_full(name))
    if error == 1:
        return f"{last}, {first}"
    if error == 2:
        return f"{last} {first}"
    if error == 3:
        return _accented(draw, _full(name))
    if error == 6:
        return f"{first[0]}. {last}"
    words = _full(name).split()
    if error == 7 and len(words) > 2:
        del words[draw.randrange(len(words))]
        return " ".join(words)
    slipped = _slip(draw, _full(name))
    return _slip(draw, slipped) if error == 5 else slipped


def _verdict(roster: Roster, player_id: PlayerId, text: str) -> str:
    match = roster.match(text)
    if isinstance(match, Certain):
        return "certain" if match.player_id == player_id else "wrong"
    if not player_id:
        return "absent"
    if isinstance(match, Ask):
        offered = [candidate.player_id for candidate in match.candidates]
        if player_id in offered:
            return "later" if offered.index(player_id) else "first"
    return "missed"


def _people(draw: random.Random, count: int) -> list[tuple[str, str]]:
    """Draw people whose names are all different."""
    lasts = sorted({a.title() + end for a in SYLLABLES for end in ENDINGS})
    found: dict[str, tuple[str, str]] = {}
    while len(found) < count:
        first = draw.choice(FIRST + BOTH)
        last = draw.choice(PREFIXES) + draw.choice(lasts + BOTH * 3)
        if draw.random() < 1 / 8:
            first += draw.choice("- ") + draw.choice(FIRST)
        if draw.random() < 1 / 12:
            last += draw.choice("- ") + draw.choice(lasts)
        found.setdefault(name_key(f"{first} {last}"), (first, last))
    return list(found.values())


def _full(name: tuple[str, str]) -> str:
    return " ".join(name)


def _accented(draw: random.Random, text: str) -> str:
    bare = text.translate(
        str.maketrans("éèëêáàâäãåíïîóôöõøúüçñŁłÉÅØ", "eeeeaaaaaaiiiooooouucnLlEAO")
    )
    place = draw.randrange(len(bare))
    accent = {"e": "é", "a": "à", "o": "ö", "i": "í", "u": "ü", "c": "ç", "n": "ñ"}
    return bare[:place] + accent.get(bare[place], bare[place]) + bare[place + 1 :]


def _slip(draw: random.Random, text: str) -> str:
    place = draw.choice([n for n in range(len(text) - 1) if text[n : n + 2].isalpha()])
    before, here, after = text[:place], text[place], text[place + 1 :]
    kind = draw.randrange(4)
    if kind == 0:
        return before + after[0] + here + after[1:]
    if kind == 1:
        return before + after
    return before + (here if kind == 2 else "") + draw.choice((here, "e", "r")) + after


if __name__ == "__main__":
    figures = measure()
    print(f"roster {figures.on_roster}, seed {SEED}")
    print(
        f"right {figures.right_share:.2%}: certain {figures.certain}, "
        f"asked and first {figures.asked_first}"
    )
    print(f"asked and further down {figures.asked_later}, missed {figures.missed}")
    print(f"wrong without asking {figures.wrong} of {figures.on_roster + figures.absent}")
    print(f"mean {figures.match_ms:.2f} ms a name")
