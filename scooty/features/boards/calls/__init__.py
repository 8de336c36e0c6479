"""Its calls of SQL functions, and what they answer."""
