"""What somebody may send who means no good, or whose program is broken: whole events, and changes of them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import BaseModel

from tests.support.broken import Samples, sample_of, value_of

Path = tuple[str | int, ...]
_HUGE = 100_000


def _deep(storeys: int) -> Any:
    value: Any = {"id": 1}
    for _ in range(storeys):
        value = {"message": [value]}
    return value


# Another type than any field's, or more of it than anybody reads. The text of Hypothesis has every Unicode there is.
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**32 + 1, 2**53 + 1, 2**63 - 1, -(2**63), 2**63, 2**70, 10**400]),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(["", " ", "\0", "\ud83d", "\u202e\u2066", "e\u0301" * 2_000, "\u200d\ufe0f", "١٢٣", "x" * _HUGE]),
    st.sampled_from(["\N{FACE WITH TEARS OF JOY}" * 5_000, "\n" * 5_000, "<b>&amp;", "%s{0}$1", "1" * 5_000, "NaN"]),
    st.sampled_from([[], {}, [[]], [{}], [None], {"id": {}}, {"type": "holograma"}, [{"type": "bold"}] * 3_000]),
    st.sampled_from([_deep(200), _deep(400), [7] * _HUGE, {str(number): number for number in range(10_000)}]),
)


@st.composite
def mutated(draw: st.DrawFn, samples: Sequence[Any], keep: frozenset[Path] = frozenset()) -> Any:
    """One of the samples with up to four things dropped, changed, doubled, moved elsewhere. `keep` stays as it is."""
    event = deepcopy(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 4))):
        places = [place for place in _places(event) if place and place not in keep]
        if not places:
            break
        place = draw(st.sampled_from(places))
        inside = _at(event, place[:-1])
        what = draw(st.sampled_from(("drop", "change", "change", "double", "move")))
        if what == "drop":
            del inside[place[-1]]
        elif what == "change":
            inside[place[-1]] = deepcopy(draw(VALUES))
        elif what == "double":
            inside[place[-1]] = [deepcopy(inside[place[-1]]), inside[place[-1]]]
        else:
            inside[place[-1]] = deepcopy(_at(event, draw(st.sampled_from(places))))
    return event


def as_bytes(event: Any) -> bytes:
    """As it goes over the wire: NaN, half pairs and all."""
    return json.dumps(event).encode()


def every_member(model: type[BaseModel], samples: Samples) -> Iterator[Any]:
    """Samples of this model, so that each field of every model within is there once, as each member of its Union."""
    seen = {model}
    yield from _members(model, samples, seen)


def _members(model: type[BaseModel], samples: Samples, seen: set[type[BaseModel]]) -> Iterator[Any]:
    whole = sample_of(model, samples)
    for name, field in model.model_fields.items():
        for value in _values(field.annotation, samples, seen):
            yield {**whole, field.alias or name: value}


def _values(annotation: Any, samples: Samples, seen: set[type[BaseModel]]) -> Iterator[Any]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _values(args[0], samples, seen)
    elif origin in (Union, UnionType):
        for arg in args:
            yield from () if arg is NoneType else _values(arg, samples, seen)
    elif origin is list:
        for value in _values(args[0], samples, seen):
            yield [value]
    elif origin is Literal:
        yield from (getattr(arg, "value", arg) for arg in args)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield sample_of(annotation, samples)
        if annotation not in seen:
            seen.add(annotation)
            yield from _members(annotation, samples, seen)
    else:
        yield value_of(annotation, samples)


def _places(value: Any, before: Path = ()) -> Iterator[Path]:
    yield before
    # Of what was made huge already the first few do.
    steps: Mapping[Any, Any] | dict[int, Any]
    steps = value if isinstance(value, dict) else dict(enumerate(value[:5])) if isinstance(value, list) else {}
    for step in list(steps)[:40]:
        if len(before) < 12:
            yield from _places(steps[step], (*before, step))


def _at(value: Any, place: Path) -> Any:
    for step in place:
        value = value[step]
    return value


@st.composite
def damaged(draw: st.DrawFn, samples: Sequence[bytes]) -> bytes:
    """One of the files with up to four places cut off, left out, written over, or filled with something."""
    data = bytearray(draw(st.sampled_from(samples)))
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(data)))
        end = min(len(data), begin + draw(st.sampled_from([1, 2, 10, 100, 10_000])))
        what = draw(st.sampled_from(("cut", "leave out", "write over", "fill", "double")))
        if what == "cut":
            del data[begin:]
        elif what == "leave out":
            del data[begin:end]
        elif what == "double":
            data[begin:begin] = data[begin:end]
        else:
            written = draw(st.binary(max_size=30) | st.sampled_from(_BYTES))
            data[begin : end if what == "write over" else begin] = written
    return bytes(data)


_BYTES = [
    b"\0" * 100, b"\xff\xfe", b"\xef\xbb\xbf", b'"' * 9, b";" * 5_000, b"\r\n" * 5_000, b"--b\r\n", b"\x1a", b"=1+1",
]  # fmt: skip
