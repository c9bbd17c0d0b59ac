"""`python -m timpora_cli` and the console script `timpora`."""

from timpora_cli.cli.app import main

if __name__ == "__main__":
    main()
