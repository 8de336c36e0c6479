"""What scouts report of a player's deck: to write, look up, change, delete and import it."""
