"""``python -m sectorscan``: the command line."""

from sectorscan.cli import main

if __name__ == "__main__":
    main()
