"""The features of the bot, one folder each: what a feature is made of stands together."""
