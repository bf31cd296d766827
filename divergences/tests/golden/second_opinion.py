"""The same numbers from SciPy and POT, in doubles and by their own algorithms.

Their conventions differ (CORRECTIONS.md): SciPy's `jensenshannon` is a root, its `entropy` renormalises; POT's
`wasserstein_1d` and `emd2_1d` return the p-th power. Each is turned into ours before the two are compared.
"""

import numpy as np
import ot
from scipy import optimize, special, stats
from scipy.spatial import distance

import divergences
from distributions import build



def _mass(d, a, b):
    """The mass between a and b, by the smaller tail."""
    return np.where(a > d.median(), d.sf(a) - d.sf(b), d.cdf(b) - d.cdf(a))


class Density:
    """A sum of SciPy's frozen distributions, each cut to an interval."""

    def __init__(self, spec):
        self.parts = []  # (weight, frozen, lower, upper, mass)
        self._add(spec, 1.0, -np.inf, np.inf)
        total = sum(w for w, *_ in self.parts)
        self.parts = [(w / total, *rest) for w, *rest in self.parts]

    def _add(self, spec, weight, lower, upper):
        (kind, v), = spec.items()
        if kind == "mixture":
            for w, inner in v:
                self._add(inner, weight * w, lower, upper)
        elif kind == "truncated":
            self._add(v["base"], weight, max(lower, v["lower"]), min(upper, v["upper"]))
        else:
            frozen = {
                "gaussian": lambda: stats.norm(*v), "laplace": lambda: stats.laplace(*v),
                "uniform": lambda: stats.uniform(v[0], v[1] - v[0]),
            }[kind]()
            lower, upper = max(lower, frozen.support()[0]), min(upper, frozen.support()[1])
            mass = float(_mass(frozen, lower, upper))
            self.parts.append((weight, frozen, lower, upper, mass))

    def pdf(self, x):
        return sum(w * (d.pdf(x) / m) * ((a <= x) & (x <= b)) for w, d, a, b, m in self.parts)

    def logpdf(self, x):
        with np.errstate(divide="ignore"):
            logs = [np.where((a <= x) & (x <= b), np.log(w / m) + d.logpdf(x), -np.inf) for w, d, a, b, m in self.parts]
        return special.logsumexp(logs, axis=0)

    def cdf(self, x):
        return sum(w * _mass(d, a, np.clip(x, a, b)) / m for w, d, a, b, m in self.parts)

    def sf(self, x):
        return sum(w * _mass(d, np.clip(x, a, b), b) / m for w, d, a, b, m in self.parts)

    def knots(self):
        found = set()
        for _, d, a, b, _ in self.parts:
            if d.dist.name == "uniform":
                found |= {a, b}
            else:
                reach = (0, 1, 2, 4, 8, 14) if d.dist.name == "norm" else (0, 1, 4, 12, 36, 100)
                scale = d.std() if d.dist.name == "norm" else d.std() / np.sqrt(2)
                found |= {float(np.clip(d.mean() + k * scale * s, a, b)) for k in reach for s in (-1, 1)}
        return found

    def quantiles(self, count):
        """Quantiles at the middles of `count` equal parts, on a dense table of the cdf."""
        knots = sorted(self.knots())
        x = np.unique(np.concatenate([np.linspace(a, b, 4000) for a, b in zip(knots, knots[1:])]))
        f, keep = np.unique(self.cdf(x), return_index=True)
        return np.interp((np.arange(count) + 0.5) / count, f, x[keep])


def _atoms(spec):
    (kind, v), = spec.items()
    return [(float(i), w) for i, w in enumerate(v)] if kind == "categorical" else v


def discrete(spec):
    return next(iter(spec)) in ("categorical", "point_masses")


_RULES = [special.roots_legendre(n) for n in (24, 40)]


def _integral(f, knots):
    """Gauss–Legendre with SciPy's nodes on quarters of the panels, and its difference from fewer nodes."""
    knots = np.array(sorted(knots))
    cuts = np.unique(np.concatenate([knots[:-1] + (knots[1:] - knots[:-1]) * k / 4 for k in range(4)] + [knots[-1:]]))
    middle, half = (cuts[1:, None] + cuts[:-1, None]) / 2, (cuts[1:, None] - cuts[:-1, None]) / 2
    with np.errstate(all="ignore"):
        few, many = ((f((middle + half * x).ravel()).reshape(-1, x.size) * w * half).sum(axis=1) for x, w in _RULES)
        return float(many.sum()), float(np.abs(many - few).sum())


def _term(name, a):
    def alpha(x, y):
        return (np.exp(a * np.log(x) + (1 - a) * np.log(y)) - a * x - (1 - a) * y) / (a * (a - 1))

    kl = special.kl_div
    return {
        "kullback_leibler": kl, "jeffreys": lambda x, y: kl(x, y) + kl(y, x),
        "jensen_shannon": lambda x, y: (kl(x, (x + y) / 2) + kl(y, (x + y) / 2)) / 2,
        "total_variation": lambda x, y: abs(x - y) / 2,
        "hellinger_squared": lambda x, y: (np.sqrt(x) - np.sqrt(y)) ** 2 / 2,
        "chi_squared": lambda x, y: (x - y) ** 2 / y,
        "cross_entropy": lambda x, y: special.entr(x) + special.rel_entr(x, y),
        "alpha": {0: lambda x, y: kl(y, x), 1: kl}.get(a, alpha),
    }[name]


def f_divergence(name, a, p_spec, q_spec):
    """(value, its accuracy), or None where doubles cannot hold the integrand."""
    if discrete(p_spec) != discrete(q_spec):
        return None
    if discrete(p_spec):
        ps, qs = dict(map(tuple, _atoms(p_spec))), dict(map(tuple, _atoms(q_spec)))
        xs = sorted(set(ps) | set(qs))
        p, q = np.array([ps.get(x, 0.0) for x in xs]), np.array([qs.get(x, 0.0) for x in xs])
        if name == "jensen_shannon":
            return distance.jensenshannon(p, q) ** 2, 1e-12
        if name == "kullback_leibler":
            return stats.entropy(p, q), 1e-12
        both = (p > 0) & (q > 0)
        p, q = (p[both], q[both]) if name in ("alpha", "chi_squared") and both.any() else (p, q)
        if not both.all() and name in ("alpha", "chi_squared", "cross_entropy"):
            return None
        with np.errstate(all="ignore"):
            value = float(np.sum(_term(name, a)(p, q)))
        return value, 1e-12 * max(1, abs(value))
    p, q = Density(p_spec), Density(q_spec)
    term = _term(name, a)

    def f(x):
        one, other = p.pdf(x), q.pdf(x)
        return np.where((one < 1e-280) & (other < 1e-280), 0.0, term(one, other))

    def ratio(x):
        """p^a q^(1−a), from logarithms: its bulk may lie where the densities themselves underflow."""
        one, other = p.logpdf(x), q.logpdf(x)
        return np.where(np.isfinite(one) & np.isfinite(other), np.exp(a * one + (1 - a) * other), 0.0)

    if name == "chi_squared" or (name == "alpha" and a not in (0, 1)):
        a = 2 if name == "chi_squared" else a
        far = set() if 0 < a < 1 else set(map(float, divergences.alpha_points(a, build(p_spec), build(q_spec))))
        value, error = _integral(ratio, p.knots() | q.knots() | far)
        scale = 1 if name == "chi_squared" else a * (a - 1)
        value, error = (value - 1) / scale, (error + 1e-11 * (1 + value)) / abs(scale)
    else:
        value, error = _integral(f, p.knots() | q.knots())
        error *= 100 if name == "total_variation" else 1  # a kink at each crossing
    return None if not np.isfinite(value) else (value, 10 * error + 1e-8 * abs(value) + 1e-12)


def entropy(spec):
    if discrete(spec):
        return stats.entropy([w for _, w in _atoms(spec)]), 1e-13
    d = Density(spec)
    value, error = _integral(lambda x: special.entr(d.pdf(x)), d.knots())
    return value, 10 * error + 1e-9


def wasserstein(p_spec, q_spec, order):
    """From POT for atoms and by its quantile rule on 20 000 quantiles for densities; SciPy for W1 of atoms."""
    if discrete(p_spec) and discrete(q_spec):
        (x, u), (y, v) = (map(np.array, zip(*_atoms(s))) for s in (p_spec, q_spec))
        if order == 1:
            return stats.wasserstein_distance(x, y, u, v), 1e-9
        cost = ot.emd2_1d(x, y, u / u.sum(), v / v.sum(), metric="minkowski", p=order) ** (1 / order)
        return cost, 1e-6 * (1 + cost) if order < 7 else 1e-3 * (1 + cost)
    count = 20_000
    samples = []
    for spec in (p_spec, q_spec):
        if discrete(spec):
            x, w = zip(*sorted(map(tuple, _atoms(spec))))
            edges = np.cumsum(w)[:-1]
            samples.append(np.array(x)[np.searchsorted(edges, (np.arange(count) + 0.5) / count)])
        else:
            samples.append(Density(spec).quantiles(count))
    value = float(np.asarray(ot.wasserstein_1d(*(s[:, None] for s in samples), p=order)).item()) ** (1 / order)
    return value, {1: 2e-4, 1.5: 5e-4, 2: 1e-3, 3: 5e-3}.get(order, 0.12) * (value + 0.05)


def single(quantity, spec, at):
    """A value of one distribution, or None where SciPy's cancels."""
    if discrete(spec):
        x, w = map(np.array, zip(*_atoms(spec)))
        mean = float(x @ w)
        value = {
            "mean": lambda: mean, "variance": lambda: float((x - mean) ** 2 @ w),
            "cdf": lambda: float(w[x <= at].sum()), "survival": lambda: float(w[x > at].sum()),
        }.get(quantity, lambda: None)()
        return value if value is None else (value, 1e-12 * (1 + abs(value)))
    d = Density(spec)
    if quantity in ("mean", "variance"):
        mean, error = _integral(lambda x: x * d.pdf(x), d.knots())
        if quantity == "mean":
            return mean, 10 * error + 1e-8 * (1 + abs(mean))
        value, error = _integral(lambda x: (x - mean) ** 2 * d.pdf(x), d.knots())
        return value, 10 * error + 1e-7 * (value + 1e-9)
    if quantity == "quantile":
        knots = sorted(d.knots())
        if not 0 < at < 1 or not d.cdf(knots[0]) < at < d.cdf(knots[-1]):
            return None
        value = optimize.brentq(lambda x: d.cdf(x) - at, knots[0], knots[-1], xtol=1e-13)
        return value, 1e-9 * (1 + abs(value)) + 1e-14 / max(d.pdf(value), 1e-300)
    with np.errstate(all="ignore"):
        value = float({"density": d.pdf, "log_density": lambda x: np.log(d.pdf(x)), "cdf": d.cdf, "survival": d.sf}[quantity](at))
    tolerance = 1e-11 * (1 + abs(at)) if quantity in ("cdf", "survival") else 1e-9 * abs(value) + 1e-300
    if any(m < 1e-3 for *_, m in d.parts):
        tolerance += 1e-7 * abs(value) + 1e-9
    return value, tolerance


def gradient_by_differences(name, order, p_spec, q_spec):
    """Five-point differences of the value by SciPy, for gradients of f-divergences."""
    value_of = {
        "gradient_forward_kl": ("kullback_leibler", False), "gradient_reverse_kl": ("kullback_leibler", True),
        "gradient_jensen_shannon": ("jensen_shannon", False), "gradient_hellinger_squared": ("hellinger_squared", False),
        "gradient_chi_squared": ("chi_squared", False), "gradient_reverse_chi_squared": ("chi_squared", True),
        "gradient_jeffreys": ("jeffreys", False), "gradient_total_variation": ("total_variation", False),
        "gradient_alpha": ("alpha", False),
    }.get(name)
    if value_of is None:
        return None
    mean, sd = q_spec["gaussian"]
    h = 2e-4 * min(sd, 1) / max(1, abs(mean))  # χ² of far Gaussians grows like exp(mean²)

    def at(m, s):
        q = {"gaussian": [m, s]}
        pair = (q, p_spec) if value_of[1] else (p_spec, q)
        return f_divergence(value_of[0], order, *pair)

    def slope(step):
        ends = [at(*step(k * h)) for k in (1, -1, 2, -2)]
        if None in ends:
            return None
        (a, b, c, d), error = (v for v, _ in ends), max(e for _, e in ends)
        return (8 * (a - b) - (c - d)) / (12 * h), error / h

    return slope(lambda t: (mean + t, sd)), slope(lambda t: (mean, sd * np.exp(t)))
