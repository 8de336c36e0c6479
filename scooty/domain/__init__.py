"""The rules of scouting: pure functions and plain values, no I/O."""
