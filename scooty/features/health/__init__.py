"""How the program is: ``/ping``."""
