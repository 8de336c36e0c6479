"""The team's results: how matches ended, matchups, records."""
