"""Its rules: pure functions and plain values."""
