"""Round files: pairings and standings that are pasted or uploaded."""
