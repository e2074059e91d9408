"""`python -m sim` is the command `navdrill`."""

from sim.cli import main

if __name__ == "__main__":
    main()
