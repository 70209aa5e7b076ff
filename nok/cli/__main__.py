"""`python -m nok.cli`."""

from nok.cli import main

main()
