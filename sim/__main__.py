"""`python -m sim` is the command `navdrill`."""

if __name__ == "__main__":  # a worker imports this file too, and has no use for the command line
    from sim.cli import main

    main()
