"""What a team should know before a round, on screen and printed."""
