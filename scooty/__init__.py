"""Scooty: the scouting desk of a competitive Magic: The Gathering team, living in Discord."""

__version__ = "0.1.0"
