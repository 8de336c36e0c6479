"""Benchmarks: `make bench` for the bot under load, `make bench-actors` for the actor kit."""
