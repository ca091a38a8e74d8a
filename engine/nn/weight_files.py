"""Weights from a file that somebody sent: JSON or NumPy's own format, never a pickle.

JSON is `{"W": [...], "b": [...]}`, one kernel and one bias per layer, or a flat list of arrays in Keras's
order; other keys are ignored. A `.npz` holds the arrays in that order. Sizes and headers are checked before
anything is allocated. Whatever is refused is a ShapeError.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from typing import Final, Literal

import numpy as np

from engine.errors import ShapeError, SpecError
from engine.nn.arrays import Array
from engine.spec.strict_json import Plain, loads

MOST_BYTES: Final = 64 * 2**20
MOST_ARRAYS: Final = 2048
MOST_AXES: Final = 32
ZIP: Final = b"PK\x03\x04"
NPY: Final = b"\x93NUMPY"
HEADER: Final = re.compile(
    rb"\{'descr': '(?P<descr>[^']{1,40})', 'fortran_order': (?P<order>True|False), "
    rb"'shape': \((?P<shape>[0-9, ]{0,400})\), \} *\n"
)


def read_weights(data: bytes) -> list[Array]:
    """The arrays of a JSON, `.npz` or `.npy` file, in the order in which `set_weights` wants them."""
    if data.startswith(ZIP):
        return _from_npz(data)
    if data.startswith(NPY):
        return [_from_npy(data, "The array")]
    text = data.decode("utf-8", "replace").strip()
    if not text.startswith(("[", "{")):
        raise _refusal(
            "The weights are neither JSON nor a NumPy file.", "Write them as JSON, or with numpy.savez."
        )
    return weights_from_json(text)


def weights_from_json(text: str) -> list[Array]:
    """The arrays of a JSON text."""
    try:
        plain = loads(text)
    except SpecError as error:
        raise _refusal(error.message, error.hint) from None
    return weights_from_plain(plain)


def weights_from_plain(plain: Plain) -> list[Array]:
    """The arrays in JSON values that are already read."""
    if isinstance(plain, list):
        return [_array(entry, f"Weight array {index + 1}") for index, entry in enumerate(plain)]
    if not isinstance(plain, dict) or not isinstance(plain.get("W"), list):
        raise _refusal(
            "The weights must be a list of arrays, or an object with the keys W and b.",
            'Write {"W": [kernel, ...], "b": [bias, ...]}.',
        )
    kernels, biases = plain["W"], plain.get("b")
    assert isinstance(kernels, list)
    if biases is None:
        return [_array(kernel, f"W[{index}]") for index, kernel in enumerate(kernels)]
    if not isinstance(biases, list) or len(biases) != len(kernels):
        raise _refusal("W and b must be lists of the same length.", "Give one bias array for each kernel.")
    arrays = []
    for index, (kernel, bias) in enumerate(zip(kernels, biases, strict=True)):
        arrays += [_array(kernel, f"W[{index}]"), _array(bias, f"b[{index}]")]
    return arrays


def _array(plain: Plain, what: str) -> Array:
    shape: list[int] = []
    level = plain
    while isinstance(level, list):
        shape.append(len(level))
        level = level[0] if level else None
    flat: list[float] = []
    _fill(plain, shape, flat, what)
    return np.array(flat, dtype=np.float64).reshape(shape)


def _fill(plain: Plain, shape: list[int], flat: list[float], what: str) -> None:
    """Appends the numbers of a nested list, which must be rectangular."""
    if not shape:
        if isinstance(plain, bool) or not isinstance(plain, int | float):
            raise _refusal(f"{what} holds something that is not a number.", "Use numbers only.")
        flat.append(float(plain))
        return
    if not isinstance(plain, list) or len(plain) != shape[0]:
        raise _refusal(f"{what} is ragged.", "Give every row the same length.")
    for part in plain:
        _fill(part, shape[1:], flat, what)


def _from_npz(data: bytes) -> list[Array]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MOST_ARRAYS or sum(member.file_size for member in members) > MOST_BYTES:
                raise _refusal(f"The file unpacks to more than {MOST_BYTES // 2**20} MiB.", "")
            return [
                _from_npy(archive.read(member), f"The array {member.filename!r}"[:80]) for member in members
            ]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        raise _refusal("The file is damaged or no .npz file.", "Write it with numpy.savez.") from None


def _from_npy(data: bytes, what: str) -> Array:
    """NumPy's own reader evaluates the header as an expression; here it is read, for it has one form only."""
    size = 2 if data[6:7] == b"\x01" else 4
    start = 8 + size + int.from_bytes(data[8 : 8 + size], "little")
    header = HEADER.fullmatch(data[8 + size : start])
    if not data.startswith(NPY) or header is None:
        raise _refusal(f"{what} is no NumPy array.", "Write it with numpy.savez.")
    try:
        dtype = np.dtype(header["descr"].decode())
    except (TypeError, ValueError):
        dtype = np.dtype(object)
    if dtype.kind not in "fiu" or dtype.itemsize > 8:
        raise _refusal(f"{what} holds {dtype}, which the engine does not read.", "Save it as float32.")
    shape = tuple(int(length) for length in header["shape"].replace(b",", b" ").split())
    if len(shape) > MOST_AXES or math.prod(shape) * dtype.itemsize != len(data) - start:
        raise _refusal(f"{what} is cut off or too long for its shape {shape}.", "Write it with numpy.savez.")
    order: Literal["F", "C"] = "F" if header["order"] == b"True" else "C"
    return np.frombuffer(data, dtype, offset=start).reshape(shape, order=order).copy()


def _refusal(message: str, hint: str) -> ShapeError:
    return ShapeError(message, hint, code="bad-weights")
