"""The commands of `python -m engine`: each takes the parsed options and returns an exit status."""
