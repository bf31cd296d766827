"""Quantities of arrays of probabilities beyond the f-divergences, and the event on which two distributions differ most."""

import itertools
import math

import gmpy2
import numpy as np
from scipy import stats
from scipy.spatial import distance

import divergences
from digits import mp, mpf, inf
from distributions import build

TINY = 2.0**-40
PAIRS = {
    "three": ((0.7, 0.2, 0.1), (0.2, 0.3, 0.5)),
    "appendix": ((0.1, 0.2, 0.7), (0.8, 0.1, 0.1)),
    "zeros": ((0.5, 0.0, 0.5), (0.25, 0.75, 0.0)),
    "disjoint": ((0.25, 0.75, 0.0), (0.0, 0.0, 1.0)),
    "certain": ((1.0, 0.0, 0.0), (0.5, 0.25, 0.25)),
    "near": ((0.5, 0.25, 0.25), (0.5 + TINY, 0.25 - TINY / 2, 0.25 - TINY / 2)),
    "nearly disjoint": ((1 - TINY, TINY, 0.0), (TINY, 1 - 2 * TINY, TINY)),
    "two": ((0.5, 0.5), (0.25, 0.75)),
    "eight": (tuple(k / 36 for k in range(1, 9)), tuple((9 - k) / 36 for k in range(1, 9))),
}
WEIGHTS = (0.0, 1e-200, 1e-12, 0.001, 0.01, 0.1, 0.5, 0.75, 1 - 2.0**-40, 1.0)
DRAWS = (1, 2, 7, 25, 60)
# Names of distributions on the line, as cases.py has them, between which the event is sought.
LINE = ("gaussian", "laplace", "uniform", "truncated-gaussian", "mixture", "mixed-mixture")


def weighted(weight, p, q):
    """{quantity: value} of JS_π, the KLs to the mixture, and JS_π over either weight with its limits."""
    with mp.workdps(900):
        pi, rest = mpf(weight), 1 - mpf(weight)
        p, q = [[mpf(x) for x in side] for side in (p, q)]
        m = [pi * x + rest * y for x, y in zip(p, q)]

        def kl(one, other):
            # The sums are 1 but for the rounding of the doubles, which the library does not let into the result either.
            if any(x > 0 and y == 0 for x, y in zip(one, other)):
                return inf
            return mp.fsum((x * mp.log(x / y) if x else 0) - x + y for x, y in zip(one, other))

        to_p, to_q = kl(p, m), kl(q, m)
        value = (pi * to_p if pi else 0) + (rest * to_q if rest else 0)
        return {
            "weighted_jensen_shannon": mpf(value), "p_to_mixture": to_p, "q_to_mixture": to_q,
            "jensen_shannon_over_weight": value / pi if pi else kl(p, q),
            "jensen_shannon_over_rest": value / rest if rest else kl(q, p),
        }


def weighted_opinion(weight, p, q):
    """The same in doubles, by SciPy."""
    p, q = np.array(p), np.array(q)
    m = weight * p + (1 - weight) * q
    to_p, to_q = stats.entropy(p, m), stats.entropy(q, m)
    found = {"p_to_mixture": to_p, "q_to_mixture": to_q}
    if weight == 0.5:
        found["weighted_jensen_shannon"] = distance.jensenshannon(p, q) ** 2
    elif 0 < weight < 1:
        found["weighted_jensen_shannon"] = weight * to_p + (1 - weight) * to_q
    return found


def affinity(p, q):
    with mp.workdps(80):
        return mp.fsum(mp.sqrt(mpf(x) * mpf(y)) for x, y in zip(p, q))


def angle(p, q):
    """arccos of the affinity, the arrays divided by their exact sums."""
    with mp.workdps(200):
        sums = [mp.fsum(mpf(x) for x in side) for side in (p, q)]
        return gmpy2.acos(min(mpf(1), mp.fsum(mp.sqrt(mpf(x) * mpf(y)) for x, y in zip(p, q)) / mp.sqrt(sums[0] * sums[1])))


def draws(p, q, n):
    """TV of n draws: the sum over all counts."""
    with mp.workdps(60):
        k = len(p)
        total = mpf(0)
        for bars in itertools.combinations(range(n + k - 1), k - 1):
            edges = (-1, *bars, n + k - 1)
            counts = [b - a - 1 for a, b in zip(edges, edges[1:])]
            ways = math.factorial(n)
            for c in counts:
                ways //= math.factorial(c)
            one, other = mpf(ways), mpf(ways)
            for c, x, y in zip(counts, p, q):
                one, other = one * mpf(x) ** c, other * mpf(y) ** c
            total += abs(one - other)
        return total / 2


def draws_opinion(p, q, n):
    """The same in doubles, by SciPy's multinomial."""
    k = len(p)
    grid = [c for c in itertools.product(range(n + 1), repeat=k - 1) if sum(c) <= n]
    counts = np.array([[*c, n - sum(c)] for c in grid])
    with np.errstate(all="ignore"):
        one, other = (stats.multinomial.pmf(counts, n, np.array(side) / np.sum(side)) for side in (p, q))
    return 0.5 * np.abs(one - other).sum()


def event(p_spec, q_spec):
    """P(A) and Q(A) of the event where p's density is the greater."""
    with mp.workdps(60):
        p, q = build(p_spec), build(q_spec)
        points = sorted(set(p.points()) | set(q.points()))
        cuts = sorted({-inf, inf, *points, *divergences.crossings(p, q, points)})
        masses = [mpf(0), mpf(0)]
        for a, b in zip(cuts, cuts[1:]):
            x = b - 1 if a == -inf else a + 1 if b == inf else (a + b) / 2
            if p.density(x) > q.density(x):
                for k, d in enumerate((p, q)):
                    masses[k] += d.tail(a, 1) - d.tail(b, 1) if a > 0 else d.tail(b, -1) - d.tail(a, -1)
        return dict(zip(("event_p", "event_q"), masses))


def compute(name, p, q):
    """(quantity, order, value, SciPy's value or None) of one pair of arrays."""
    for weight in WEIGHTS:
        opinions = weighted_opinion(weight, p, q)
        for quantity, value in weighted(weight, p, q).items():
            yield quantity, weight, value, opinions.get(quantity)
    yield "affinity", None, affinity(p, q), float(np.sqrt(p) @ np.sqrt(q))
    yield "hellinger_angle", None, angle(p, q), float(np.arccos(min(1.0, np.sqrt(p) @ np.sqrt(q)))) if name not in ("near", "disjoint") else None
    for n in DRAWS if len(p) < 4 else ():
        yield "total_variation_of_draws", n, draws(p, q, n), draws_opinion(p, q, n)
