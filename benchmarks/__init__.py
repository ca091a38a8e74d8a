"""The engine beside its peers: PyTorch, ONNX Runtime and Keras on TensorFlow, on the same work.

`make bench` sets up the peers' environment and runs this package in it. Every workload is a Keras text; the
engine, the ONNX graph, the PyTorch modules and the Keras model all get the same weights, and their answers
must agree before anything is timed. Each is called with the same NumPy array and answers with one. Timing is
interleaved, so that a busy machine slows all of them alike, and what is reported is the ratio peer time /
engine time, round by round.
"""
