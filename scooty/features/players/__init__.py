"""The players of an event: rosters, aliases, lists and merges."""
