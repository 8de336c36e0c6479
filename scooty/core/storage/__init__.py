"""The road to the database: calls of the SQL functions, and a cache in front of it."""
