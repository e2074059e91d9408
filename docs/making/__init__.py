"""What `python docs/build.py` makes the documentation with; no part of the installed package."""
