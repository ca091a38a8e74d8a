"""Layers of a functional model stand in Keras's order, whatever the order they were written in."""

import engine

HEAD = """\
a = Input((8,), name='a')
b = Input((4,), name='b')
left = Dense(6, name='left')
shared = Dense(4, name='shared')
"""


def order(text):
    return [layer.name for layer in engine.parse(HEAD + text).layers]


def test_deep_branches_come_first():
    text = """
y = shared(shared(b))
x = left(a)
model = Model([a, b], [Dense(3, name='head')(y), Dense(2, name='side')(x)])
"""
    assert order(text) == ["b", "shared", "a", "left", "head", "side"]


def test_the_order_of_writing_does_not_count():
    one = "x = left(a)\ny = shared(b)\nmodel = Model([a, b], [y, x], name='m')"
    other = "y = shared(b)\nx = left(a)\nmodel = Model([a, b], [y, x], name='m')"
    assert engine.parse(HEAD + one) == engine.parse(HEAD + other)


def test_an_input_that_nothing_reads_is_kept():
    assert order("model = Model([a, b], left(a))") == ["a", "b", "left"]


def test_a_layer_that_no_output_needs_is_left_out():
    assert order("y = shared(b)\nmodel = Model(a, left(a))") == ["a", "left"]
