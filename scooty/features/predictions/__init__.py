"""What an unknown player probably plays."""
