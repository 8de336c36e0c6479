"""Who is still unknown, and who watches whom."""
