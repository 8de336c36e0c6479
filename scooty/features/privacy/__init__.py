"""What is kept of a person, how long, and how it is erased."""
