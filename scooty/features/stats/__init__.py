"""The metagame of an event: figures and a chart."""
