"""The desk: takes an interaction, asks the limiter, runs the command, answers."""
