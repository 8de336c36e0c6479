"""What people get while parts of the house are broken: `make bench-faults`."""
