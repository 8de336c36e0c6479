"""From what storage and the program answer to what people see: pure functions, no I/O.

Every function takes a `Translator`, shortens user text first and escapes it last, and stays
within Discord's limits whatever it is given (`scooty.rendering.limits`).
"""
