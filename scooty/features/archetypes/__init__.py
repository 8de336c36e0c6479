"""The archetypes that a team knows: their list, and how captains change it."""
