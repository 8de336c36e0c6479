"""Benchmarks: `make bench` loads the whole bot."""
