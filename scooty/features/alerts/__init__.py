"""Operator alerts: the actor that tells operators, in Discord, what they have to know."""
