"""What there is to ask the bot for: ``/help``."""
