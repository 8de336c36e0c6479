"""Decklists: to read, keep and show them."""
