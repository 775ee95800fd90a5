"""`python -m kiosk` does what the command `kiosk` does."""

from kiosk.cli import main

main()
