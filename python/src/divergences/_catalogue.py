"""The figures and what their parameters accept, from the catalogue that the build has written.

No figure is named here. A new figure in the Rust crate appears here after the next build.
"""

import json
import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from numbers import Integral, Real


def shipped(path):
    """The bytes of a file of this package."""
    try:
        return files(__package__).joinpath(path).read_bytes()
    except FileNotFoundError:
        raise ImportError(
            f"divergences: {path} is missing, so this copy was never built: run `cargo xtask wheel` "
            "at the top of the repository, then install again"
        ) from None


@dataclass(frozen=True)
class Parameter:
    """A parameter of a figure and what it accepts."""

    key: str
    """The name in HTML and in addresses."""
    kind: str
    """"number", "count", "choice", "components" or "weights"."""
    default: str
    least: float | None
    """The least value of a number or count; the least number of outcomes of "weights"."""
    most: float | None
    """The greatest value of a number or count; the greatest number of "components", or of outcomes of "weights"."""
    choices: list[str] | None
    ranges: list[tuple[float, float]] | None
    """The ranges of the means and widths of "components"."""
    refusal: str

    def read(self, value):
        """`value` in the form of this parameter: a float, an int, or text.

        Raises ValueError, which says what is accepted.
        """
        accepted = getattr(self, f"_{self.kind}")(value)
        if accepted is None:
            raise ValueError(self.refusal.replace("{value}", value if isinstance(value, str) else repr(value)))
        return accepted

    def parse(self, text):
        """The value of the text that a figure shows."""
        return {"number": float, "count": int}.get(self.kind, str)(text)

    def _number(self, value):
        real = isinstance(value, Real) and not isinstance(value, bool)
        return float(value) if real and self.least <= value <= self.most else None

    def _count(self, value):
        number = self._number(value)
        return int(number) if number is not None and number.is_integer() else None

    def _choice(self, value):
        return value if isinstance(value, str) and value in self.choices else None

    def _components(self, value):
        try:
            parts = [_triple(part) for part in (value.split(";") if isinstance(value, str) else value)]
        except (TypeError, ValueError):
            return None
        fits = all(low <= x <= high for _, *rest in parts for x, (low, high) in zip(rest, self.ranges))
        weights = [weight for weight, _, _ in parts]
        if not (fits and 1 <= len(parts) <= self.most and min(weights) > 0 and _have_shares(weights)):
            return None
        return ";".join(",".join(map(_shortest, part)) for part in parts)

    def _weights(self, value):
        try:
            parts = value.split(",") if isinstance(value, str) else list(value)
            weights = [_number(part.strip().removesuffix("!")) if isinstance(part, str) else float(part) for part in parts]
        except (TypeError, ValueError):
            return None
        if not (self.least <= len(weights) <= self.most and _have_shares(weights)):
            return None
        locks = ["!" if isinstance(part, str) and part.strip().endswith("!") else "" for part in parts]
        return ",".join(_shortest(weight) + lock for weight, lock in zip(weights, locks))


def _have_shares(weights):
    """Whether no weight is negative, not all are 0, and no positive one is so small that its share underflows to 0."""
    if not all(math.isfinite(weight) and weight >= 0 for weight in weights) or not any(weights):
        return False
    largest = max(weights)
    total = math.fsum(weight / largest for weight in weights)
    return all((weight > 0) == (weight / largest / total > 0) for weight in weights)


def _number(text):
    """The number in `text`, if it is written as figures write it."""
    if not re.fullmatch(r"\s*[0-9+\-.eE]+\s*", text):
        raise ValueError
    return float(text)


def _triple(part):
    """A component's weight, mean and width, from "0.5,-2,0.7" or from three numbers."""
    if isinstance(part, str):
        part = map(_number, part.replace("−", "-").split(","))
    weight, mean, width = part
    return float(weight), float(mean), float(width)


def _shortest(value):
    """`value` as figures write it: in the fewest digits that identify it, without a power of ten if that is short."""
    digits = Decimal(repr(value + 0.0)).normalize()
    if value == 0 or 1e-6 <= abs(value) < 1e21:
        return f"{digits:f}"
    mantissa, exponent = f"{digits:e}".split("e")
    return f"{mantissa}e{int(exponent):+d}"


@dataclass(frozen=True)
class Kind:
    """A figure without values."""

    name: str
    title: str
    parameters: dict[str, Parameter]
    """The parameters by key."""
    refusals: dict[str, str]

    def parameter(self, key):
        """The parameter `key`, which may have underscores in place of hyphens."""
        found = self.parameters.get(key) or self.parameters.get(key.rstrip("_").replace("_", "-"))
        if found is None:
            raise ValueError(self.refusals["unknown"].replace("{name}", key))
        return found

    def names(self, given, what):
        """A list of names in the form "presets,rate", from such a text or from an iterable. `what` is "hide" or "lock"."""
        words = re.split(r"[\s,]+", given) if isinstance(given, str) else list(given)
        words = [word for word in words if word]
        known = [*self.parameters, *(_written()["parts"] if what == "hide" else [])]
        for word in words:
            if word not in known:
                raise ValueError(self.refusals[what].replace("{name}", str(word)))
        return ",".join(words)


@cache
def _written():
    return json.loads(shipped("static/figures.json"))


@cache
def kinds():
    """All figures by name."""
    return {
        about["name"]: Kind(**{**about, "parameters": {one["key"]: Parameter(**one) for one in about["parameters"]}})
        for about in _written()["figures"]
    }


def kind(name):
    """The figure `name`. Raises ValueError, which lists all figures, if there is none."""
    try:
        return kinds()[name]
    except (KeyError, TypeError):
        raise ValueError(_written()["refusals"]["figure"].replace("{name}", str(name))) from None


def theme(given):
    """`given`, if it is a theme. Raises ValueError otherwise."""
    if given not in ("auto", "light", "dark"):
        raise ValueError(_written()["refusals"]["theme"].replace("{value}", str(given)))
    return given


def figures():
    """All figures by name, each with its parameters and what they accept.

    >>> divergences.figures()["kl-fit"]["rate"]
    {'kind': 'number', 'default': 0.02, 'least': 0.005, 'most': 1.0}
    """
    return {
        name: {key: _about(parameter) for key, parameter in about.parameters.items()} for name, about in kinds().items()
    }


def _about(parameter):
    facts = {"kind": parameter.kind, "default": parameter.parse(parameter.default)}
    facts |= {name: getattr(parameter, name) for name in ("least", "most", "choices")}
    return {name: fact for name, fact in facts.items() if fact is not None}
