"""Distributions on the line at arbitrary precision: finite sums of truncated base densities, or of atoms."""

import math
from dataclasses import dataclass

from digits import mp, mpf, inf


@dataclass
class Component:
    """`weight` times a base density, cut to [lower, upper] and divided by the base's mass there."""

    weight: mpf
    kind: str
    location: mpf  # a uniform's lower end
    scale: mpf  # a uniform's length
    lower: mpf
    upper: mpf
    mass: mpf = mpf(1)

    def base_density(self, x):
        z = (x - self.location) / self.scale
        if self.kind == "gaussian":
            return mp.exp(-z * z / 2) / (self.scale * mp.sqrt(2 * mp.pi))
        if self.kind == "laplace":
            return mp.exp(-abs(z)) / (2 * self.scale)
        return 1 / self.scale

    def base_tail(self, x, side):
        """Mass of the base below `x` (side −1) or above it (side 1), to full relative accuracy."""
        if x == side * inf:
            return mpf(0)
        if x == -side * inf:
            return mpf(1)
        z = side * (x - self.location) / self.scale
        if self.kind == "gaussian":
            return mp.erfc(z / mp.sqrt(2)) / 2
        if self.kind == "laplace":
            return mp.exp(-z) / 2 if z > 0 else 1 - mp.exp(z) / 2
        return min(mpf(1), max(mpf(0), -z if side < 0 else 1 - z))

    def base_mass(self, a, b):
        """Mass of the base in [a, b], from the tail that is the smaller."""
        if a >= b:
            return mpf(0)
        side = 1 if a > self.location else -1
        return abs(self.base_tail(a, side) - self.base_tail(b, side))

    def density(self, x):
        if not self.lower <= x <= self.upper:
            return mpf(0)
        return self.base_density(x) * (self.weight / self.mass)

    def rough_tail(self):
        """A function that is the same as `tail`, in doubles."""
        location, scale = float(self.location), float(self.scale)
        bottom, top, share = float(self.lower), float(self.upper), float(self.weight / self.mass)

        def beyond(x, side):
            z = side * (x - location) / scale
            if self.kind == "gaussian":
                return math.erfc(z * 0.7071067811865476) / 2
            if self.kind == "laplace":
                return math.exp(-z) / 2 if z > 0 else 1 - math.exp(z) / 2
            return min(1.0, max(0.0, -z if side < 0 else 1 - z))

        def tail(x, side):
            a, b = (bottom, min(x, top)) if side < 0 else (max(x, bottom), top)
            if a >= b:
                return 0.0
            nearer = 1 if a > location else -1
            return share * abs(beyond(a, nearer) - beyond(b, nearer))

        return tail

    def tail(self, x, side):
        if side < 0:
            part = self.base_mass(self.lower, min(x, self.upper))
        else:
            part = self.base_mass(max(x, self.lower), self.upper)
        return self.weight * part / self.mass

    def moments(self):
        """Mean and second moment of the normalised component, in closed form."""
        m, s = self.location, self.scale
        a, b = self.lower, self.upper
        if self.kind == "uniform":
            return (a + b) / 2, (a * a + a * b + b * b) / 3
        if a == -inf and b == inf:
            return m, m * m + s * s * (2 if self.kind == "laplace" else 1)
        if self.kind == "gaussian":
            def term(x, power):
                return mpf(0) if abs(x) == inf else x**power * self.base_density(x)
            first = m * self.mass - s * s * (term(b, 0) - term(a, 0))
            # E[x²] = m E[x] + s² − s² [x φ]
            second = m * first + s * s * self.mass - s * s * (term(b, 1) - term(a, 1))
        else:
            def antiderivative(x, side):
                """∫ of x^k exp(−side·z)/(2s), side the sign of z; x finite."""
                z = (x - m) / s
                decay = mp.exp(-side * z) / 2
                return -side * decay * (x + side * s), -side * decay * (x * x + 2 * side * s * x + 2 * s * s)
            first = second = mpf(0)
            for low, high, side in ((a, min(b, m), -1), (max(a, m), b, 1)):
                if low < high:
                    top = (mpf(0), mpf(0)) if high == inf else antiderivative(high, side)
                    bottom = (mpf(0), mpf(0)) if low == -inf else antiderivative(low, side)
                    first += top[0] - bottom[0]
                    second += top[1] - bottom[1]
        return first / self.mass, second / self.mass

    def points(self):
        """Where to split a quadrature: kinks, ends, and steps out into the tails until 1e-55 of the peak."""
        steps = {"gaussian": (1, 2, 3.5, 6, 10, 16), "laplace": (1, 3, 8, 20, 50, 130), "uniform": ()}[self.kind]
        found = [self.location] if self.kind != "uniform" else []
        for k in steps:
            found += [self.location - k * self.scale, self.location + k * self.scale]
        found = [x for x in found if self.lower < x < self.upper]
        return found + [x for x in (self.lower, self.upper) if abs(x) != inf]


class Continuous:
    """A finite mixture of components; its weights are divided by their exact sum."""

    def __init__(self, components):
        self.components = components
        self.rough = None

    def density(self, x):
        return mp.fsum(c.density(x) for c in self.components)

    def tail(self, x, side):
        return mp.fsum(c.tail(x, side) for c in self.components)

    def moments(self):
        parts = [(c.weight, *c.moments()) for c in self.components]
        mean = mp.fsum(w * m for w, m, _ in parts)
        return mean, mp.fsum(w * (second - m * m) + w * (m - mean) ** 2 for w, m, second in parts)

    def points(self):
        return sorted({x for c in self.components for x in c.points()})

    def bends(self):
        """Where one Gaussian component becomes heavier than another, each with the length over which the density turns."""
        gaussians = [c for c in self.components if c.kind == "gaussian" and c.weight > 0]
        found = []
        for i, c in enumerate(gaussians):
            for d in gaussians[i + 1:]:
                a = 1 / (2 * d.scale**2) - 1 / (2 * c.scale**2)
                b = c.location / c.scale**2 - d.location / d.scale**2
                k = mp.log(c.weight / c.mass / c.scale) - mp.log(d.weight / d.mass / d.scale)
                k += d.location**2 / (2 * d.scale**2) - c.location**2 / (2 * c.scale**2)
                if a == 0:
                    roots = [] if b == 0 else [-k / b]
                elif b * b < 4 * a * k:
                    roots = []
                else:
                    roots = [(-b + sign * mp.sqrt(b * b - 4 * a * k)) / (2 * a) for sign in (-1, 1)]
                for x in roots:
                    slope = abs(2 * a * x + b)
                    if slope > 0 and max(c.lower, d.lower) < x < min(c.upper, d.upper):
                        found.append((x, 1 / slope))
        return found

    def ends(self):
        return min(c.lower for c in self.components), max(c.upper for c in self.components)

    def tail_rate(self, side):
        """(A, B) of a density that falls off as exp(−A x² + B |x|) on that side; None if it ends."""
        rates = []
        for c in self.components:
            if c.weight > 0 and (c.upper if side > 0 else c.lower) == side * inf:
                if c.kind == "gaussian":
                    rates.append((1 / (2 * c.scale**2), side * c.location / c.scale**2))
                else:
                    rates.append((mpf(0), -1 / c.scale))
        return min(rates, key=lambda r: (r[0], -r[1])) if rates else None

    def quantile(self, mass, side):
        """x with `mass` below it (side −1) or above it (side 1): bisection in doubles, then Newton."""
        low, high = self.points()[0], self.points()[-1]
        bottom, top = self.ends()
        low, high = (2 * low - high if bottom == -inf else bottom), (2 * high - low if top == inf else top)
        a, b, goal = float(low), float(high), float(mass)
        if self.rough is None:
            self.rough = [c.rough_tail() for c in self.components]
        for _ in range(100):
            x = (a + b) / 2
            if x in (a, b):
                break
            tail = sum([rough(x, side) for rough in self.rough])
            if (tail < goal) == (side < 0):
                a = x
            else:
                b = x
        x = mpf((a + b) / 2)
        for _ in range(40):
            t, d = self.tail(x, side), self.density(x)
            if d == 0 or t == 0:
                return x  # an end of the support, or of a gap in it
            step = side * t * mp.log(t / mass) / d
            x = min(high, max(low, x + step))
            # Newton doubles the digits, so the error is now about step².
            if step == 0 or (step / (high - low)) ** 2 <= mp.eps / 1000:
                return x
        raise ArithmeticError("the quantile does not converge")


class Atoms:
    """Finitely many point masses: positions in order, weights divided by their exact sum."""

    def __init__(self, atoms):
        merged = {}
        for position, weight in atoms:
            merged[position] = merged.get(position, mpf(0)) + weight
        total = mp.fsum(merged.values())
        self.atoms = [(x, merged[x] / total) for x in sorted(merged)]

    def tail(self, x, side):
        """P(X ≤ x) for side −1, P(X > x) for side 1."""
        return mp.fsum(w for a, w in self.atoms if (a <= x) == (side < 0))

    def moments(self):
        mean = mp.fsum(a * w for a, w in self.atoms)
        return mean, mp.fsum(w * (a - mean) ** 2 for a, w in self.atoms)


def build(spec):
    """The distribution that a specification names; each number is the double that it is written as."""
    (kind, value), = spec.items()
    if kind == "point_masses":
        return Atoms([(mpf(float(x)), mpf(float(w))) for x, w in value])
    if kind == "categorical":
        return Atoms([(mpf(i), mpf(float(w))) for i, w in enumerate(value)])
    if kind in ("gaussian", "laplace"):
        location, scale = (mpf(float(v)) for v in value)
        return Continuous([Component(mpf(1), kind, location, scale, -inf, inf)])
    if kind == "uniform":
        lower, upper = (mpf(float(v)) for v in value)
        return Continuous([Component(mpf(1), kind, lower, upper - lower, lower, upper)])
    if kind == "truncated":
        lower, upper = mpf(float(value["lower"])), mpf(float(value["upper"]))
        parts = []
        for c in build(value["base"]).components:
            a, b = max(lower, c.lower), min(upper, c.upper)
            mass = c.base_mass(a, b)
            if a < b and mass > 0:
                parts.append(Component(c.weight * mass / c.mass, c.kind, c.location, c.scale, a, b, mass))
    else:
        assert kind == "mixture", kind
        parts = []
        for weight, inner in value:
            for c in build(inner).components:
                parts.append(Component(mpf(float(weight)) * c.weight, c.kind, c.location, c.scale, c.lower, c.upper, c.mass))
        parts = [c for c in parts if c.weight > 0]
    total = mp.fsum(c.weight for c in parts)
    for c in parts:
        c.weight /= total
    return Continuous(parts)
