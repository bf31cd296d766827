"""A figure's numbers, summary and drawing without a browser, computed by the same code as on the page.

The code is a program for WASI. Each request gets a fresh instance, which costs less than a millisecond and keeps no
state. Compiling the program takes longer, so wasmtime caches the machine code on disk.
"""

import atexit
import json
import math
import tempfile
from functools import cache
from pathlib import Path
from threading import Lock

from . import _catalogue

_COMPILING = Lock()

WIDTH = 1076
"""The default width of drawings in CSS pixels, which is that on the explainer's page."""


def readouts(figure, /, **values):
    """The numbers that the figure shows for these parameters, by name. Infinite or NaN where it shows ∞ or "undefined".

    Raises ValueError for what can't be used.
    """
    return named(_ask(figure, values)["readouts"])


def named(readouts):
    """Numbers by name, from pairs of name and text."""
    # All NaN are one object, because otherwise a dictionary with NaN would not equal its copy.
    return {key: math.nan if text == "NaN" else float(text) for key, text in readouts}


def summary(figure, /, **values):
    """The figure's state in a sentence or two."""
    return _ask(figure, values)["summary"]


def svg(figure, given=None, /, *, width=WIDTH, theme="light", **values):
    """The figure's drawing as a standalone SVG, `width` CSS pixels wide, for `theme` "light" or "dark".

    A parameter that is called like an option here stands in the dictionary `given`:
    `svg("disjoint-supports", {"width": 2}, width=800)`.
    """
    if theme == "auto" or not 200 <= width <= 10_000:
        raise ValueError(f"a drawing is from 200 to 10000 wide and light or dark, not {width!r} and {theme!r}")
    picture = {"width": float(width), "dark": _catalogue.theme(theme) == "dark"}
    return _ask(figure, {**(given or {}), **values}, picture)["svg"]


def _ask(figure, values, picture=None):
    kind = _catalogue.kind(figure)
    texts = {}
    for key, value in values.items():
        parameter = kind.parameter(key)
        texts[parameter.key] = str(parameter.read(value))
    answer = _run(json.dumps({"figure": kind.name, "values": texts, "picture": picture}))
    if "problem" in answer:
        raise ValueError(answer["problem"])
    return answer["state"]


def _run(request):
    import wasmtime

    linker, module = _program()
    with tempfile.TemporaryDirectory(prefix="divergences-") as folder:
        question, answer = Path(folder, "question"), Path(folder, "answer")
        question.write_text(request, encoding="utf-8")
        wasi = wasmtime.WasiConfig()
        wasi.stdin_file = question
        wasi.stdout_file = answer
        wasi.inherit_stderr()
        store = wasmtime.Store(linker.engine)
        store.set_wasi(wasi)
        linker.instantiate(store, module).exports(store)["_start"](store)
        store.close()
        return json.loads(answer.read_bytes())


def _program():
    with _COMPILING:
        return _compiled()


@cache
def _compiled():
    import wasmtime

    config = wasmtime.Config()
    try:
        config.cache = True
    except wasmtime.WasmtimeError:
        # Without a writable folder the program is compiled in each process.
        config = wasmtime.Config()
    engine = wasmtime.Engine(config)
    linker = wasmtime.Linker(engine)
    linker.define_wasi()
    return linker, wasmtime.Module(engine, _catalogue.shipped("static/numbers.wasm"))


# wasmtime reports errors when it frees its objects at the end of the process.
atexit.register(_compiled.cache_clear)
