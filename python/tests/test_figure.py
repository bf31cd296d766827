"""A figure's traits without a page: what they accept, and their effects."""

import base64
import math

import divergences
import nbconvert
import nbformat
import pytest
from divergences import _catalogue, _figure
from traitlets import TraitError


def other(parameter):
    """A value that is accepted and differs from the default."""
    if parameter["kind"] == "choice":
        return next(choice for choice in parameter["choices"] if choice != parameter["default"])
    if parameter["kind"] == "components":
        return "0.3,-1,0.5;0.7,1.25,2"
    if parameter["kind"] == "weights":
        return ",".join(["0.00004", "0!", *["1"] * (int(parameter["most"]) - 2)])
    return parameter["least"] if parameter["least"] != parameter["default"] else parameter["most"]


def test_every_parameter_is_a_trait(name):
    figure = divergences.Figure(name)
    for key, parameter in divergences.figures()[name].items():
        trait = _figure._trait(key)
        assert getattr(figure, trait) == parameter["default"], trait
        seen = []
        figure.observe(seen.append, trait)
        setattr(figure, trait, other(parameter))
        assert getattr(figure, trait) == other(parameter), trait
        assert [change["new"] for change in seen] == [other(parameter)], trait
        assert trait in figure.get_state(), f"{trait} goes to the page"
    assert figure.name == name


def test_each_value_that_is_no_value_is_named(name):
    figure = divergences.Figure(name)
    for key, parameter in divergences.figures()[name].items():
        trait = _figure._trait(key)
        bad = [None, "", "nothing", math.nan, math.inf, True, [], {}, object(), b"1"]
        if parameter["kind"] in ("number", "count"):
            bad += [parameter["least"] - 1, parameter["most"] + 1, str(parameter["default"])]
        if parameter["kind"] == "count":
            bad += [parameter["least"] + 0.5]
        if parameter["kind"] == "components":
            bad += ["1,2", "1,0,0", "0,0,1", "1,9,1", "1,0,1;", [(1, 0)], [1, 2, 3], ";".join(["1,0,1"] * 99), "1_0,0,1"]
        if parameter["kind"] == "weights":
            most = int(parameter["most"])
            bad += ["1", "1,-1", "0,0", "1,NaN", "1;1", "1_0,1", [0] * most, [1] * (most + 1), ["1!!"] + [1] * (most - 1)]
        for value in bad:
            with pytest.raises(TraitError) as problem:
                setattr(figure, trait, value)
            assert f"{key}=" in str(problem.value) and "takes" in str(problem.value), value
            with pytest.raises(TraitError):
                divergences.Figure(name, **{trait: value})
        assert getattr(figure, trait) == parameter["default"], "nothing has changed"


def test_a_mixture_may_be_a_list():
    figure = divergences.Figure("kl-fit", p=[(1 / 3, -2, 0.5), (2 / 3, 2, 1)])
    assert figure.p == "0.3333333333333333,-2,0.5;0.6666666666666666,2,1", "as a figure writes it"
    figure.p = [(30, -2, 0.7), (70, 0.00004, 1e0)]
    assert figure.p == "30,-2,0.7;70,0.00004,1", "nothing is rounded"
    figure.p = " 1 , −2.5 , 1e0 "
    assert figure.p == "1,-2.5,1"


def test_what_figures_have_besides():
    figure = divergences.Figure("kl-fit", hide=["presets", "rate"], lock="p, mu", theme="dark")
    assert (figure.hide, figure.lock, figure.theme) == ("presets,rate", "p,mu", "dark")
    figure.guess = "reverse-mean within 0.3"
    assert figure.guess == "reverse-mean within 0.3", "a question for the reader"
    for name, value in {"hide": "nothing", "lock": "presets", "theme": "blue"}.items():
        with pytest.raises(TraitError, match=value):
            setattr(figure, name, value)
    with pytest.raises(TraitError):
        figure.name = "comparison"
    with pytest.raises(TraitError):
        figure.readouts = {}
    with pytest.raises(ValueError, match="“kl”"):
        divergences.Figure("kl")
    with pytest.raises(ValueError, match="“means”.*mu, sigma"):
        divergences.Figure("kl-fit", means=2)
    assert repr(divergences.Figure("kl-fit", rate=0.1)) == "divergences.Figure('kl-fit', rate=0.1)"


def test_traits_have_names_that_python_and_widgets_leave_free():
    assert [_figure._trait(key) for key in ("mu", "learning-rate", "lambda", "layout", "readouts")] == [
        "mu", "learning_rate", "lambda_", "layout_", "readouts_"
    ]
    for kind in _catalogue.kinds().values():
        traits = [_figure._trait(key) for key in kind.parameters]
        assert all(trait.isidentifier() for trait in traits) and len(set(traits)) == len(traits)
        assert [kind.parameter(trait).key for trait in traits] == list(kind.parameters)


def test_readouts_follow_values_without_a_page(name):
    figure = divergences.Figure(name)
    assert figure.readouts == pytest.approx(divergences.readouts(name), rel=0, abs=0, nan_ok=True)
    for trait, parameter in divergences.figures()[name].items():
        setattr(figure, trait, other(parameter))
        assert figure.readouts == pytest.approx(divergences.readouts(name, **figure.values), rel=0, abs=0, nan_ok=True)


def test_the_page_s_readouts_come_with_its_values():
    figure = divergences.Figure("kl-fit")
    seen = []
    figure.observe(lambda change: seen.append(change["new"]), "readouts")
    # The message of a page has numbers that could not be computed here.
    told = [["forward", "Infinity"], ["reverse", "-0.25"], ["third", "NaN"]]
    figure.set_state({"rate": 0.5, "_shown": {"values": {**figure.values, "rate": 0.5}, "readouts": told}})
    assert figure.rate == 0.5
    assert figure.readouts["forward"] == math.inf and figure.readouts["reverse"] == -0.25
    assert math.isnan(figure.readouts["third"])
    assert len(seen) == 1, "nothing else was computed meanwhile"
    figure.rate = 0.25
    assert figure.readouts == pytest.approx(divergences.readouts("kl-fit", rate=0.25), nan_ok=True), "not the old page's"


def test_without_wasmtime_the_page_s_numbers_remain(monkeypatch):
    figure = divergences.Figure("kl-fit")
    figure.set_state({"_shown": {"values": figure.values, "readouts": [["forward", "1"]]}})
    monkeypatch.setitem(__import__("sys").modules, "wasmtime", None)
    figure.rate = 0.5
    assert figure.rate == 0.5 and figure.readouts == {"forward": 1.0}


def test_what_shows_no_widgets_shows_the_picture(name):
    def converted(figure):
        data, _ = figure._repr_mimebundle_()
        assert "application/vnd.jupyter.widget-view+json" in data, "a notebook that can shows the widget"
        output = nbformat.v4.new_output("display_data", data)
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("figure", outputs=[output])])
        return nbconvert.HTMLExporter().from_notebook_node(notebook)[0]

    figure = divergences.Figure(name)
    # A converted notebook holds it as an address; three bytes are four letters.
    drawn = base64.b64encode(divergences.svg(name, figure.values).encode()[:900]).decode()
    assert f"data:image/svg+xml;base64,{drawn}" in converted(figure)
    readout = next(iter(figure.readouts))
    assert 'data-mime-type="image/svg+xml"' not in converted(divergences.Figure(name, veil=readout)), "the picture would tell it"
