"""Numbers made once by real Keras, and the tests that hold the engine to them.

`make.py` makes them, in an environment of its own: Keras is no dependency of the project or its tests.
"""
