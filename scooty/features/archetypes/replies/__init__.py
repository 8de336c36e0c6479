"""What people see of it: pure functions, no I/O."""
