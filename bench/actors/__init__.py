"""The benchmark of the actor kit, beside plain Pykka: `make bench-actors`."""
