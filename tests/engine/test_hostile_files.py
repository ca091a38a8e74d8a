"""Files that no honest person sends: read, or refused in words; never a crash, and nothing runs."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine.errors import ShapeError
from tests.engine.hostile_files import FILES

NUMPY = b"\x93NUMPY\x01\x00"


def said(attempt: Callable[[Any], object], case: object) -> str:
    """What is said of a file."""
    try:
        attempt(case)
    except engine.EngineError as error:
        return str(error).strip()
    return "It is read."


@pytest.mark.parametrize("sort", FILES)
@pytest.mark.parametrize("first", range(0, 400, 100))
def test_a_hostile_file_is_read_or_refused_in_words(sort: str, first: int) -> None:
    make, attempt = FILES[sort]
    for seed in range(first, first + 100):
        assert said(attempt, make(random.Random(seed)))


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "(2," * 3000 + "), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2,(, }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "__import__('os')",
        "",
    ],
)
def test_the_header_of_an_array_is_read_and_never_evaluated(header: str) -> None:
    line = header.encode() + b"\n"
    data = NUMPY + len(line).to_bytes(2, "little") + line + bytes(8)
    with pytest.raises(ShapeError) as caught:
        engine.read_weights(data)
    assert str(caught.value) == "The array is no NumPy array. Write it with numpy.savez."


@pytest.mark.parametrize("array", [np.arange(6.0).reshape(2, 3), np.asfortranarray(np.eye(3)), np.array(2.5)])
@pytest.mark.parametrize("dtype", ["<f4", ">f8", "<i8", "u1"])
@pytest.mark.parametrize("version", [(1, 0), (2, 0), (3, 0)])
def test_what_numpy_writes_is_read(array: np.ndarray, dtype: str, version: tuple[int, int], tmp_path) -> None:
    path = tmp_path / "x.npy"
    with path.open("wb") as file:
        np.lib.format.write_array(file, array.astype(dtype), version)
    (found,) = engine.read_weights(path.read_bytes())
    assert found.dtype == np.dtype(dtype)
    assert np.array_equal(found, array.astype(dtype))
