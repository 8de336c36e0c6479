"""The live boards: one message a guild, kept up to date in the channel that a captain chose."""
