"""What runs the bot: wiring, configuration, logs, console commands, checks and drills."""
