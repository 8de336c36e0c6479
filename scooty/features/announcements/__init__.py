"""Tells each team that a round is up: one message in its channel, and privately whoever asked."""
