"""A figure in a notebook."""

import keyword
from functools import cache

import anywidget
import traitlets

from . import _catalogue, _numbers


class _Value(traitlets.TraitType):
    """A trait that holds a parameter."""

    def __init__(self, parameter):
        super().__init__(parameter.parse(parameter.default))
        self.info_text = f"a {parameter.kind}"
        self._parameter = parameter

    def validate(self, owner, value):
        return _accepted(self._parameter.read, value)


def _accepted(read, *given):
    try:
        return read(*given)
    except ValueError as problem:
        raise traitlets.TraitError(str(problem)) from None


class Figure(anywidget.AnyWidget):
    """An interactive figure, in Jupyter and everything else that shows widgets.

    >>> figure = divergences.Figure("kl-fit", rate=0.1, hide="presets")
    >>> figure                        # last in a cell: shows it
    >>> figure.rate = 0.2             # moves it; dragging it changes figure.rate
    >>> figure.observe(print, "rate")
    >>> figure.readouts["forward"]

    Every parameter is a trait; `divergences.figures()` lists them. The other traits are `hide` (the parts and controls
    to leave out, such as "presets,rate"), `lock` (the parameters that the reader cannot change) and `theme` ("light",
    "dark", or "auto", which follows the notebook). A value that cannot be used raises TraitError, which says what would
    be accepted; an unknown name raises ValueError. `veil` ("js": hidden until revealed), `guess` ("js within 0.05": the
    reader guesses first), `goal` ("forward < 1") and `ask` (your own question) are texts. The figure itself shows a
    message about what it cannot use of them.
    """

    # The module of the custom element, followed by the code that connects it to a notebook.
    _esm = "\n".join(_catalogue.shipped(path).decode() for path in ("static/divergence-figure.js", "widget.js"))

    name = traitlets.Unicode(read_only=True).tag(sync=True)
    hide = traitlets.Any("").tag(sync=True)
    lock = traitlets.Any("").tag(sync=True)
    theme = traitlets.Any("auto").tag(sync=True)
    veil = traitlets.Unicode("").tag(sync=True)
    guess = traitlets.Unicode("").tag(sync=True)
    goal = traitlets.Unicode("").tag(sync=True)
    ask = traitlets.Unicode("").tag(sync=True)
    readouts = traitlets.Dict(read_only=True, help="The numbers that the figure shows, by name.")

    _keys = traitlets.Dict(help="The parameters' keys in HTML, by trait.").tag(sync=True)
    _start = traitlets.Dict(help="The values at creation, to which Reset returns.").tag(sync=True)
    _shown = traitlets.Dict(help="The state that the page showed last: values by trait, readouts as text.").tag(sync=True)

    def __new__(cls, name, /, **values):
        return super().__new__(_class(name), **values)

    def __init__(self, name, /, **values):
        kind = _catalogue.kind(name)
        own, start = {}, {}
        for key, value in values.items():
            if key in _OWN:
                own[key] = value
            else:
                parameter = kind.parameter(key)
                start[_trait(parameter.key)] = _accepted(parameter.read, value)
        self.set_trait("name", kind.name)
        keys = {_trait(key): key for key in kind.parameters}
        super().__init__(_keys=keys, _start=start, **start, **own)
        self.observe(self._follow, [*self._keys, "_shown"])

    @property
    def values(self):
        """The values of all parameters, in the form that `svg` and similar functions take."""
        return {trait: getattr(self, trait) for trait in self._keys}

    def __repr__(self):
        values = "".join(f", {trait}={value!r}" for trait, value in self.values.items() if not self._is_default(trait))
        return f"divergences.Figure({self.name!r}{values})"

    def _repr_mimebundle_(self, **options):
        # What shows no widgets, such as a notebook on GitHub or a converted one, shows the picture.
        data, metadata = super()._repr_mimebundle_(**options)
        # It would tell what is hidden.
        if not (self.veil or self.guess):
            try:
                data["image/svg+xml"] = _numbers.svg(self.name, self.values)
            except ImportError:
                pass
        return data, metadata

    def _is_default(self, trait):
        return getattr(self, trait) == self.traits()[trait].default_value

    @traitlets.validate("hide", "lock")
    def _check_names(self, proposal):
        return _accepted(_catalogue.kind(self.name).names, proposal["value"], proposal["trait"].name)

    @traitlets.validate("theme")
    def _check_theme(self, proposal):
        return _accepted(_catalogue.theme, proposal["value"])

    @traitlets.default("readouts")
    def _computed(self):
        return _numbers.readouts(self.name, **self.values)

    def _follow(self, _change):
        # The page sends numbers together with the values to which they belong. Until it has answered to new values, or if
        # there is no page, the same numbers are computed here.
        if self._shown.get("values") == self.values:
            readouts = _numbers.named(self._shown["readouts"])
        else:
            try:
                readouts = self._computed()
            except ImportError:
                return
        self.set_trait("readouts", readouts)


_OWN = frozenset(Figure.class_trait_names())


def _trait(key):
    """The name of the trait for the parameter `key`. It gets a suffix if Python or widgets already use the name."""
    name = key.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) or hasattr(Figure, name) else name


@cache
def _class(name):
    """The class of figures called `name`, with their parameters as traits."""
    kind = _catalogue.kind(name)
    title = "".join(word.capitalize() for word in kind.name.split("-"))
    traits = {_trait(key): _Value(parameter).tag(sync=True) for key, parameter in kind.parameters.items()}
    return type(title, (Figure,), {**traits, "__doc__": kind.title, "__module__": __name__})
