"""Every documented limit, answered as Discord does: 50035 with a tree of what is wrong."""
