"""The engine: what a network is, read from text, run on NumPy, explained and graded. Knows nothing of the
web.
"""
