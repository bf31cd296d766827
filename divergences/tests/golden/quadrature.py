"""Adaptive Gauss–Legendre quadrature of several integrands at once, on panels that the caller splits."""

from functools import lru_cache

import mpmath
from mpmath.calculus.quadrature import GaussLegendre

from digits import mp, mpf

MAX_DEPTH = 10


@lru_cache(maxsize=None)
def _nodes(degree, prec):
    with mpmath.workprec(prec):
        nodes = GaussLegendre(mpmath.mp).calc_nodes(degree, prec)
        return [tuple(mpf(mpmath.nstr(v, mpmath.mp.dps + 5)) for v in node) for node in nodes]


def _panel(f, a, b, degree):
    """∫f over [a, b] by 3·2^(degree−1) nodes, and ∫|f|."""
    middle, half = (a + b) / 2, (b - a) / 2
    sums = sizes = None
    for x, weight in _nodes(degree, mp.prec):
        values = [weight * v for v in f(middle + half * x)]
        sums = values if sums is None else [s + v for s, v in zip(sums, values)]
        sizes = [abs(v) for v in values] if sizes is None else [s + abs(v) for s, v in zip(sizes, values)]
    return [half * s for s in sums], [half * s for s in sizes]


def adaptive(f, points):
    """Integrals of the components of f from points[0] to points[-1], ∫|f|, and the panels that were enough.

    A panel is halved until 24 and 48 nodes agree to 1e-20 of the whole; the error of the 48 is far less.
    """
    panels = [(a, b, 0) for a, b in zip(points, points[1:])]
    coarse = {(a, b): _panel(f, a, b, 4) for a, b, _ in panels}
    scale = [mp.fsum(sizes) for sizes in zip(*(size for _, size in coarse.values()))]
    total, size, accepted = [mpf(0)] * len(scale), [mpf(0)] * len(scale), []
    while panels:
        a, b, depth = panels.pop()
        rough = coarse.pop((a, b), None) or _panel(f, a, b, 4)
        if all(r == 0 for r in rough[1]):
            continue  # no mass of either distribution here
        fine = _panel(f, a, b, 5)
        if all(abs(r - v) <= mpf("1e-20") * s for r, v, s in zip(rough[0], fine[0], scale)):
            total = [t + v for t, v in zip(total, fine[0])]
            size = [t + v for t, v in zip(size, fine[1])]
            accepted.append((a, b))
        elif depth == MAX_DEPTH:
            raise ArithmeticError(f"no convergence near {mp.nstr(a, 8)}")
        else:
            middle = (a + b) / 2
            panels += [(a, middle, depth + 1), (middle, b, depth + 1)]
    return total, size, accepted


def check(f, panels):
    """The same integrals on the panels cut at other places, with other nodes."""
    total = None
    for a, b in panels:
        cut = a + (b - a) * mpf("0.46")
        for low, high in ((mpf(a), cut), (cut, mpf(b))):
            values = _panel(f, low, high, 4)[0]
            total = values if total is None else [t + v for t, v in zip(total, values)]
    return total


def twice(make, precisions=((40, 30), (85, 70))):
    """Integrals right to 1e-18, by two precisions and two sets of nodes that must agree.

    `make()` returns (f, points, relative_to): relative_to[k] says whether to measure the k-th disagreement against
    the integral ("value") or against ∫|f| ("size": for gradients, which may vanish by symmetry).
    The second pair of precisions is for integrands that cancel.
    """
    for attempt, (high, low) in enumerate(precisions):
        last = attempt == len(precisions) - 1
        try:
            with mp.workdps(high):
                f, points, relative_to = make()
                values, sizes, panels = adaptive(f, points)
        except ArithmeticError:
            if last:
                raise
            continue
        with mp.workdps(low):
            f, _, _ = make()
            again = check(f, panels) or [mpf(0)] * len(values)
        with mp.workdps(high):
            errors = [
                abs(v - w) / (abs(v) if r == "value" else s) if (v if r == "value" else s) != 0 else abs(w)
                for v, w, s, r in zip(values, again, sizes, relative_to)
            ]
        if all(e <= mpf("1e-18") for e in errors):
            return [+v for v in values]
    raise ArithmeticError(f"two precisions disagree: {[mp.nstr(e, 3) for e in errors]}")
