import io
import json
import zipfile

import numpy as np
import pytest

from engine.errors import ShapeError
from engine.nn import build
from engine.nn.weight_files import read_weights, weights_from_json
from tests.engine.networks import ANIMALS, LLAMA, animals_model, animals_spec, animals_weights


def npz(*arrays: np.ndarray, allow_pickle: bool = False) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, *arrays, allow_pickle=allow_pickle)
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"W": ANIMALS["W"], "b": ANIMALS["b"]}).encode(),
        json.dumps([array.tolist() for array in animals_weights()]).encode(),
        npz(*animals_weights()),
    ],
    ids=["W and b", "flat list", "npz"],
)
def test_reads_the_animals(data: bytes) -> None:
    model = build(animals_spec())
    model.set_weights(read_weights(data))
    assert np.array_equal(model.predict([LLAMA]), animals_model().predict([LLAMA]))


def test_reads_layers_without_bias() -> None:
    (kernel,) = weights_from_json('{"W": [[[1, 2], [3, 4]]]}')
    assert kernel.tolist() == [[1, 2], [3, 4]]


def test_reads_one_npy() -> None:
    stream = io.BytesIO()
    np.save(stream, np.arange(3))
    (array,) = read_weights(stream.getvalue())
    assert array.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[NaN]]", "The JSON holds NaN; only finite numbers are read."),
        ("[[1e999]]", "The JSON holds a number too large to read."),
        ('{"W": [], "W": []}', "The JSON gives the key 'W' twice."),
        ("[[true]]", "Weight array 1 holds something that is not a number. Use numbers only."),
        ("[[[1, 2], [3]]]", "Weight array 1 is ragged. Give every row the same length."),
        ("[[1, [2]]]", "Weight array 1 holds something that is not a number. Use numbers only."),
        (
            '{"W": [[[1]]], "b": []}',
            "W and b must be lists of the same length. Give one bias array for each kernel.",
        ),
        (
            "3",
            "The weights must be a list of arrays, or an object with the keys W and b. "
            'Write {"W": [kernel, ...], "b": [bias, ...]}.',
        ),
    ],
)
def test_refuses_json(text: str, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        weights_from_json(text)
    assert str(caught.value) == message


def test_refuses_a_pickle() -> None:
    with pytest.raises(ShapeError) as caught:
        read_weights(npz(np.array([{"a": 1}], dtype=object), allow_pickle=True))
    assert str(caught.value) == (
        "The array 'arr_0.npy' holds object, which the engine does not read. Save it as float32."
    )


def test_refuses_a_header_that_promises_more_than_the_file_holds() -> None:
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        stream, {"descr": "<f4", "fortran_order": False, "shape": (2**40, 2**40)}
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("arr_0.npy", stream.getvalue() + b"1234")
    with pytest.raises(ShapeError) as caught:
        read_weights(packed.getvalue())
    assert str(caught.value).startswith("The array 'arr_0.npy' is cut off or too long for its shape")


def test_refuses_a_bomb() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for index in range(70):
            archive.writestr(f"{index}.npy", bytes(2**20))
    with pytest.raises(ShapeError) as caught:
        read_weights(packed.getvalue())
    assert str(caught.value) == "The file unpacks to more than 64 MiB."


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"\x93NUMPY\x09\x00", b"\xff\xfe"])
def test_refuses_noise(data: bytes) -> None:
    with pytest.raises(ShapeError):
        read_weights(data)
