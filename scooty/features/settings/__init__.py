"""How a team has set up the bot."""
