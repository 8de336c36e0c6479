"""The actor kit: supervised actors on Pykka. It knows nothing of the product that uses it."""
