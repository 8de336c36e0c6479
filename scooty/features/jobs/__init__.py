"""Scheduled jobs: which there are, when they are due, their work, and a captain's hand on them."""
