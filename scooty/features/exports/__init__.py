"""A team's reports, rounds, players and figures as files."""
