"""Typed calls of the SQL functions, and the SQL itself."""
