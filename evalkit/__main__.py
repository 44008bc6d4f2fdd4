"""`python -m evalkit`."""

from evalkit.cli import entry

if __name__ == "__main__":
    entry()
