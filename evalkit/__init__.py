"""evalkit: may we replace this closed model with that open one on our own work?"""

__version__ = "0.1.0"
