"""Its commands: plain functions of (request, ports)."""
