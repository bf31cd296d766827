"""Every divergence between two distributions, and its gradients, from the definitions at arbitrary precision."""

import gmpy2

from digits import mp, mpf, inf

from distributions import Atoms, Continuous, build
from quadrature import twice

NEAR = ((80, 70),)


def roots(f, points, per_interval=6):
    """Where f changes sign, looking at `per_interval` places between neighbouring points."""
    found, xs = [], []
    for a, b in zip(points, points[1:]):
        # Off-centre, so that one-sided values at a jump are never taken.
        xs += [a + (b - a) * (k + mpf("0.5")) / per_interval for k in range(per_interval)]
    last_x, last_f = None, 0
    for x in xs:
        v = f(x)
        if v == 0:
            continue
        if last_f != 0 and mp.sign(v) != mp.sign(last_f):
            a, b, fa = last_x, x, last_f
            for _ in range(12):
                c = (a + b) / 2
                fc = f(c)
                if fc == 0:
                    a = b = c
                    break
                if mp.sign(fc) == mp.sign(fa):
                    a, fa = c, fc
                else:
                    b = c
            found.append(a if a == b else _illinois(f, a, b))
        last_x, last_f = x, v
    return found


def _illinois(f, a, b):
    fa, fb = f(a), f(b)
    for _ in range(400):
        c = (a * fb - b * fa) / (fb - fa)
        fc = f(c)
        if fc == 0 or abs(b - a) <= mp.eps * abs(c):
            return c
        if mp.sign(fc) != mp.sign(fb):
            a, fa = b, fb
        else:
            fa /= 2
        b, fb = c, fc
    return (a + b) / 2  # a jump: the bracket has shrunk onto it


def alpha_term(a, x, y, log_x, log_y):
    """Pointwise term of the α-divergence, not negative: (x^a y^(1−a) − a x − (1−a) y)/(a(a−1))."""
    if a == 1:
        return (x * (log_x - log_y) if x else 0) - x + y
    if a == 0:
        return (y * (log_y - log_x) if y else 0) - y + x
    if x == 0:
        return y / a
    if y == 0:
        return x / (1 - a)
    return (mp.exp(a * log_x + (1 - a) * log_y) - a * x - (1 - a) * y) / (a * (a - 1))


def alpha_is_infinite(a, p, q, p_alone, q_alone):
    """Whether mass where the other density is 0, or a tail, makes ∫p^a q^(1−a) or its limit infinite."""
    if (a >= 1 and p_alone) or (a <= 0 and q_alone):
        return True
    if 0 <= a <= 1 or isinstance(p, Atoms):
        return False
    for side in (-1, 1):
        one, other = p.tail_rate(side), q.tail_rate(side)
        if one and other:
            quadratic = a * one[0] + (1 - a) * other[0]
            linear = a * one[1] + (1 - a) * other[1]
            if quadratic < 0 or (quadratic == 0 and linear >= 0):
                return True
    return False


def alpha_points(a, p, q):
    """Where the bulk of p^a q^(1−a) may lie, for a outside [0, 1]: far out in the tails of both."""
    found = []
    for one in p.components:
        for other in q.components:
            for side in (-1, 1):
                if (one.upper if side > 0 else one.lower) != side * inf:
                    continue
                if (other.upper if side > 0 else other.lower) != side * inf:
                    continue
                (a1, b1), (a2, b2) = (Continuous([c]).tail_rate(side) for c in (one, other))
                quadratic, linear = a * a1 + (1 - a) * a2, a * b1 + (1 - a) * b2
                if quadratic > 0:
                    centre, width = linear / (2 * quadratic), 1 / mp.sqrt(2 * quadratic)
                    found += [side * (centre + k * width) for k in (-16, -10, -6, -3, -1, 0, 1, 3, 6, 10, 16)]
                elif quadratic == 0 and linear < 0:
                    found += [side * k / -linear for k in (1, 5, 20, 60, 130)]
    return found


def bend_points(orders, p, q):
    """Where log-densities turn from one component to another, and how p^a q^(1−a) falls away from there."""
    found = []
    for x, width in p.bends() + q.bends():
        found += [x + k * width for k in (-130, -50, -20, -8, -3, -1, 0, 1, 3, 8, 20, 50, 130)]
        for a in orders:
            for side in (-1, 1):
                steps = [x + side * k * width for k in (60, 61)]
                logs = [a * mp.log(p.density(y)) + (1 - a) * mp.log(q.density(y)) for y in steps]
                fall = (logs[0] - logs[1]) / width
                if fall > 0:
                    found += [x + side * k / fall for k in (1, 5, 20, 60, 130)]
    return found


def alone(p, q):
    """Whether p has mass where q's density is 0, and the other way round."""
    if isinstance(p, Atoms):
        ps, qs = dict(p.atoms), dict(q.atoms)
        return (
            any(w > 0 and not qs.get(x) for x, w in ps.items()),
            any(w > 0 and not ps.get(x) for x, w in qs.items()),
        )
    ends = sorted({x for d in (p, q) for c in d.components for x in (c.lower, c.upper)} | {-inf, inf})
    result = [False, False]
    for a, b in zip(ends, ends[1:]):
        if a == -inf and b == inf:
            x = mpf(0)
        else:
            x = b - 1 if a == -inf else a + 1 if b == inf else (a + b) / 2
        has = [any(c.lower <= x <= c.upper for c in d.components) for d in (p, q)]
        result[0] |= has[0] and not has[1]
        result[1] |= has[1] and not has[0]
    return tuple(result)


def jensen_shannon_term(x, y, log_x, log_y):
    if not x or not y:
        return (x + y) * mp.log(2) / 2
    log_m = mp.log((x + y) / 2)
    return (x * (log_x - log_m) + y * (log_y - log_m)) / 2


def term(name, order):
    """The pointwise, non-negative term of an f-divergence, of the two densities and their logarithms."""
    if name == "alpha":
        a = mpf(order)
        return lambda x, y, s, t: alpha_term(a, x, y, s, t)
    return {
        "kullback_leibler": lambda x, y, s, t: alpha_term(1, x, y, s, t),
        "jeffreys": lambda x, y, s, t: (x - y) * (s - t),
        "jensen_shannon": jensen_shannon_term,
        "total_variation": lambda x, y, s, t: abs(x - y) / 2,
        "hellinger_squared": lambda x, y, s, t: (mp.sqrt(x) - mp.sqrt(y)) ** 2 / 2,
        "chi_squared": lambda x, y, s, t: (x - y) ** 2 / y if y else x - x,
        "cross_entropy": lambda x, y, s, t: -x * t if x else mpf(0),
    }[name]


def _log(x):
    return mp.log(x) if x else None


def f_divergences(p_spec, q_spec, wanted, near=False):
    """Values of the divergences in `wanted`, a list of (name, order), that are integrals over x.

    `near` says that the two nearly agree, so that the terms cancel and more digits must be carried.
    """
    p, q = build(p_spec), build(q_spec)
    kinds = {type(p), type(q)}
    result = {}
    if kinds == {Atoms, Continuous}:
        # Mutually singular: nothing overlaps, whatever the shapes.
        for name, order in wanted:
            if name == "alpha" and 0 < order < 1:
                result[name, order] = 1 / (mpf(order) * (1 - mpf(order)))
            elif name == "cross_entropy":
                # log q is of q's density: so for atoms under a density it is the mean negative log-likelihood.
                densities = [] if isinstance(p, Continuous) else [(w, q.density(x)) for x, w in p.atoms if w > 0]
                covered = densities and all(d > 0 for _, d in densities)
                result[name, order] = mp.fsum(-w * mp.log(d) for w, d in densities) if covered else inf
            else:
                result[name, order] = {
                    "jensen_shannon": mp.log(2), "total_variation": mpf(1), "hellinger_squared": mpf(1)
                }.get(name, inf)
        return result

    p_alone, q_alone = alone(p, q)
    finite = []
    for name, order in wanted:
        orders = {
            "kullback_leibler": [1], "jeffreys": [0, 1], "chi_squared": [2], "alpha": [order], "cross_entropy": [1]
        }.get(name, [mpf("0.5")])
        if any(alpha_is_infinite(a, p, q, p_alone, q_alone) for a in orders):
            result[name, order] = inf
        else:
            finite.append((name, order, orders))
    if not finite:
        return result

    if kinds == {Atoms}:
        with mp.workdps(80):
            p, q = build(p_spec), build(q_spec)
            ps, qs = dict(p.atoms), dict(q.atoms)
            for name, order, _ in finite:
                f = term(name, order)
                pairs = [(ps.get(x, mpf(0)), qs.get(x, mpf(0))) for x in sorted(set(ps) | set(qs))]
                result[name, order] = mp.fsum(f(x, y, _log(x), _log(y)) for x, y in pairs if x or y)
        return result

    def make():
        p, q = build(p_spec), build(q_spec)
        points = set(p.points()) | set(q.points())
        for _, _, orders in finite:
            for a in orders:
                if not 0 <= a <= 1:
                    points |= set(alpha_points(mpf(a), p, q))
        powers = [mpf(a) for _, _, orders in finite for a in orders if not 0 <= a <= 1]
        low, high = max(p.ends()[0], q.ends()[0]), min(p.ends()[1], q.ends()[1])
        points |= {x for x in bend_points(powers, p, q) if low < x < high}
        points = sorted(points)
        if any(name == "total_variation" for name, _, _ in finite):
            points = sorted(set(points) | set(crossings(p, q, points)))
        functions = [term(name, order) for name, order, _ in finite]

        def f(x):
            one, other = p.density(x), q.density(x)
            if not one and not other:
                return [mpf(0)] * len(functions)
            logs = _log(one), _log(other)
            return [g(one, other, *logs) for g in functions]

        return f, points, ["size" if name == "cross_entropy" else "value" for name, _, _ in finite]

    for (name, order, _), value in zip(finite, twice(make, NEAR) if near else twice(make)):
        result[name, order] = value
    return result


def crossings(p, q, points):
    def difference(x):
        one, other = p.density(x), q.density(x)
        if one and other:
            return mp.log(one / other)
        return one - other
    return roots(difference, points)


def tail_difference(p, q):
    """F_p − F_q, from whichever tails are small."""
    def d(x):
        below = p.tail(x, -1) - q.tail(x, -1)
        if abs(below) > mpf("0.001"):
            return below
        return below if p.tail(x, -1) < mpf("0.5") else q.tail(x, 1) - p.tail(x, 1)
    return d


def wasserstein(p_spec, q_spec, orders, near=False):
    """W_p for each order; `near` as above."""
    p, q = build(p_spec), build(q_spec)
    if isinstance(p, Atoms) and isinstance(q, Atoms):
        # Enough for the least double beside 1.
        with mp.workdps(400):
            plan = _discrete_plan(build(p_spec), build(q_spec))
            return [mp.fsum(w * abs(x - y) ** mpf(k) for x, y, w in plan) ** (1 / mpf(k)) for k in orders]
    if isinstance(p, Atoms):
        return wasserstein(q_spec, p_spec, orders, near)

    def make_for_atoms():
        p, q = build(p_spec), build(q_spec)
        cuts, mass = [], mpf(0)
        for (_, w), _next in zip(q.atoms, q.atoms[1:]):
            mass += w
            cuts.append(p.quantile(mass, -1) if mass <= 0.5 else p.quantile(1 - mass, 1))
        low, high = p.points()[0], p.points()[-1]
        def f(x):
            target = q.atoms[sum(x > c for c in cuts)][0]
            d = p.density(x)
            return [abs(x - target) ** mpf(k) * d if d else mpf(0) for k in orders]

        low, high = p.points()[0], p.points()[-1]
        splits = [x for x in [*p.points(), *cuts, *(x for x, _ in q.atoms)] if low <= x <= high]
        return *_eased(f, splits), ["value"] * len(orders)

    if isinstance(q, Atoms):
        return [v ** (1 / mpf(k)) for v, k in zip(twice(make_for_atoms), orders)]

    swap = q.ends()[1] == inf and p.ends()[1] != inf  # the unbounded one carries the quadrature
    base_spec, other_spec = (q_spec, p_spec) if swap else (p_spec, q_spec)
    by_map = [k for k in orders if k != 1]

    def make_area():
        p, q = build(p_spec), build(q_spec)
        points = sorted(set(p.points()) | set(q.points()))
        d = tail_difference(p, q)
        return lambda x: [abs(d(x))], sorted(set(points) | set(roots(d, points))), ["value"]

    def make_map():
        base, other = build(base_spec), build(other_spec)
        points = sorted(set(base.points()) | set(other.points()))
        low, high = base.points()[0], base.points()[-1]

        def image(x, source, target):
            below = source.tail(x, -1)
            return target.quantile(below, -1) if below <= 0.5 else target.quantile(source.tail(x, 1), 1)

        splits = set(base.points()) | set(roots(tail_difference(base, other), points))
        for y in other.points():
            smaller = min(other.tail(y, -1), other.tail(y, 1))
            if mpf("1e-50") < smaller:
                splits.add(image(y, other, base))

        def f(x):
            d = base.density(x)
            if not d:
                return [mpf(0)] * len(by_map)
            gap = abs(x - image(x, base, other))
            return [gap ** mpf(k) * d for k in by_map]

        return *_eased(f, [x for x in splits if low <= x <= high]), ["value"] * len(by_map)

    values = {}
    if 1 in orders:
        values[1] = twice(make_area, NEAR)[0] if near else twice(make_area)[0]
    if by_map:
        shift, spread = _shift(p, q), _spread(p, q)
        if spread is not None:
            # E|z|^k of the standard normal distribution is 2^(k/2) Γ((k + 1)/2)/√π.
            moments = [2 ** (mpf(k) / 2) * gmpy2.gamma((mpf(k) + 1) / 2) / mp.sqrt(mp.pi) for k in by_map]
            values.update({k: spread * m ** (1 / mpf(k)) for k, m in zip(by_map, moments)})
            return [values[k] for k in orders]
        powers = [shift ** mpf(k) for k in by_map] if shift is not None else twice(make_map, NEAR if near else ((30, 26),))
        values.update({k: v ** (1 / mpf(k)) for v, k in zip(powers, by_map)})
    return [values[k] for k in orders]


def _spread(p, q):
    """By how much the σ of two Gaussians of the same mean differ; `None` for others."""
    parts = p.components + q.components
    if len(parts) == 2 and all(c.kind == "gaussian" and c.mass == 1 for c in parts) and parts[0].location == parts[1].location:
        return abs(parts[0].scale - parts[1].scale)
    return None


def _eased(f, splits):
    """∫f as an integral over t in which x runs from split to split as 3u² − 2u³: x^1.5 at a split becomes smooth."""
    splits = sorted(splits)
    # One of two that differ by rounding alone, so that both precisions count the same splits.
    tiny = (splits[-1] - splits[0]) * mpf("1e-19")
    splits = [x for x, last in zip(splits, [-inf, *splits]) if x - last > tiny]

    def g(t):
        k = min(int(mp.floor(t)), len(splits) - 2)
        u, length = t - k, splits[k + 1] - splits[k]
        jacobian = length * 6 * u * (1 - u)
        return [jacobian * v for v in f(splits[k] + length * u * u * (3 - 2 * u))]

    return g, [mpf(k) for k in range(len(splits))]


def _shift(p, q):
    """|t| if q is p moved by t, else None."""
    if len(p.components) != len(q.components):
        return None
    t = q.components[0].location - p.components[0].location
    for a, b in zip(p.components, q.components):
        same = (a.kind, a.weight, a.scale, a.mass, a.lower + t, a.upper + t, a.location + t)
        if same != (b.kind, b.weight, b.scale, b.mass, b.lower, b.upper, b.location):
            return None
    return abs(t)


def _discrete_plan(p, q):
    """The monotone coupling, as (x, y, mass)."""
    plan, i, j, rounding = [], 0, 0, 1000 * mp.eps
    left, right = p.atoms[0][1], q.atoms[0][1]
    while True:
        w = min(left, right)
        if w > rounding:
            plan.append((p.atoms[i][0], q.atoms[j][0], w))
        left, right = left - w, right - w
        if left <= rounding:
            i += 1
            if i == len(p.atoms):
                return plan
            left = p.atoms[i][1]
        if right <= rounding:
            j += 1
            if j == len(q.atoms):
                return plan
            right = q.atoms[j][1]


def wasserstein_infinity(p_spec, q_spec):
    """sup |F_p⁻¹ − F_q⁻¹|: shifts, tails, atoms, and bounded densities."""
    p, q = build(p_spec), build(q_spec)
    if isinstance(p, Atoms) and isinstance(q, Atoms):
        with mp.workdps(400):
            return max(abs(x - y) for x, y, _ in _discrete_plan(build(p_spec), build(q_spec)))
    if isinstance(p, Atoms):
        return wasserstein_infinity(q_spec, p_spec)
    if isinstance(q, Atoms):
        if p.ends()[0] == -inf or p.ends()[1] == inf:
            return inf
        edges, mass = [p.ends()[0]], mpf(0)
        for _, w in q.atoms[:-1]:
            mass += w
            edges.append(p.quantile(mass, -1))
        edges.append(p.ends()[1])
        return max(max(abs(a - x), abs(b - x)) for (x, _), a, b in zip(q.atoms, edges, edges[1:]))
    shift = _shift(p, q)
    if shift is not None:
        return shift
    for side in (-1, 1):
        one, other = p.tail_rate(side), q.tail_rate(side)
        if (one is None) != (other is None):
            return inf
        if one and (one[0] != other[0] or (one[0] == 0 and one[1] != other[1])):
            return inf
        assert one is None, "tails of equal rate need their own argument"
    # Bounded, connected: the gap is extreme at the ends, or where the two densities at the matched points agree.
    best = max(abs(a - b) for a, b in zip(p.ends(), q.ends()))
    low, high = p.ends()

    def matched(x):
        below = p.tail(x, -1)
        return q.quantile(below, -1) if below <= 0.5 else q.quantile(p.tail(x, 1), 1)

    for x in roots(lambda x: p.density(x) - q.density(matched(x)), [low, *p.points(), high], 40):
        best = max(best, abs(x - matched(x)))
    return best


def entropy(spec):
    """Differential entropy, or that of the weights for atoms."""
    d = build(spec)
    if isinstance(d, Atoms):
        return mp.fsum(-w * mp.log(w) for _, w in d.atoms if w > 0)

    def make():
        d = build(spec)

        def f(x):
            y = d.density(x)
            return [-y * mp.log(y) if y else mpf(0)]
        return f, d.points(), ["size"]

    return twice(make)[0]


# Gradients with respect to the location m and log s of q = N(m, s²).

GRADIENTS = (
    "gradient_forward_kl", "gradient_reverse_kl", "gradient_jeffreys", "gradient_jensen_shannon",
    "gradient_total_variation", "gradient_hellinger_squared", "gradient_chi_squared",
    "gradient_reverse_chi_squared", "gradient_wasserstein", "gradient_wasserstein_2_squared",
)


def gradients(p_spec, q_spec, alphas):
    """{(name, order): [d/dm, d/dlog s], or "undefined" where the divergence is infinite}."""
    p, q = build(p_spec), build(q_spec)
    m, s = q.components[0].location, q.components[0].scale
    if p.components == q.components:
        # Every smooth divergence is least here, and the distances have a kink.
        result = {(name, None): [mpf(0), mpf(0)] for name in GRADIENTS}
        result.update({("gradient_alpha", a): [mpf(0), mpf(0)] for a in alphas})
        result["gradient_total_variation", None] = result["gradient_wasserstein", None] = "undefined"
        return result
    result, jobs = {}, []

    def score(x):
        z = (x - m) / s
        return z / s, z * z - 1

    # Each integrand is a weight(p, q) times q's score; E_q[score] = 0 removes constants.
    weights = {
        ("gradient_forward_kl", None): (1, lambda x, y: -x),
        ("gradient_reverse_kl", None): (0, lambda x, y: y * mp.log(y / x)),
        ("gradient_jensen_shannon", None): (None, lambda x, y: -y * mp.log1p(x / y) / 2),
        ("gradient_hellinger_squared", None): (None, lambda x, y: -mp.sqrt(x * y) / 2),
        ("gradient_chi_squared", None): (2, lambda x, y: -x * x / y),
        ("gradient_reverse_chi_squared", None): (-1, lambda x, y: 2 * y * y / x),
    }
    for a in alphas:
        weights["gradient_alpha", a] = (a, lambda x, y, a=mpf(a): -mp.exp(a * mp.log(x) + (1 - a) * mp.log(y)) / a)
    for key, (a, weight) in weights.items():
        if a is not None and alpha_is_infinite(a, p, q, False, False):
            result[key] = "undefined"
        else:
            jobs.append((key, a, weight))

    def make():
        nonlocal m, s
        p, q = build(p_spec), build(q_spec)
        m, s = q.components[0].location, q.components[0].scale
        points = set(p.points()) | set(q.points())
        for _, a, _ in jobs:
            if a is not None and not 0 <= a <= 1:
                points |= set(alpha_points(mpf(a), p, q))

        def f(x):
            one, other = p.density(x), q.density(x)
            values = []
            for _, _, weight in jobs:
                w = weight(one, other)
                values += [w * v for v in score(x)]
            # ∫ z Q_p(u) du = ∫ φ(Φ⁻¹(u)) dQ_p(u), with no root to find: z(u) at x is Φ⁻¹(F_p(x)).
            return values

        return f, sorted(points), ["size"] * (2 * len(jobs))

    values = twice(make)
    for k, (key, _, _) in enumerate(jobs):
        result[key] = values[2 * k: 2 * k + 2]
    forward, reverse = result["gradient_forward_kl", None], result["gradient_reverse_kl", None]
    result["gradient_jeffreys", None] = [a + b for a, b in zip(forward, reverse)]

    with mp.workdps(40):
        p, q = build(p_spec), build(q_spec)
        m, s = q.components[0].location, q.components[0].scale
        points = sorted(set(p.points()) | set(q.points()))

        def between(cuts, sign, location, scale):
            """Σ sign × the increments of two antiderivatives over the intervals between the cuts."""
            edges = [-inf, *cuts, inf]
            total = [mpf(0), mpf(0)]
            for a, b in zip(edges, edges[1:]):
                middle = (a + b) / 2 if abs(a) != inf and abs(b) != inf else None
                if middle is None:
                    middle = b - s if a == -inf and b != inf else a + s if b == inf and a != -inf else m
                total = [t + mp.sign(sign(middle)) * (g(b) - g(a)) for t, g in zip(total, (location, scale))]
            return total

        def at(x, value):
            return mpf(0) if abs(x) == inf else value(x)

        result["gradient_total_variation", None] = between(
            crossings(p, q, points), lambda x: q.density(x) - p.density(x),
            lambda x: at(x, lambda x: -q.density(x) / 2), lambda x: at(x, lambda x: -(x - m) * q.density(x) / 2),
        )
        difference = tail_difference(q, p)
        result["gradient_wasserstein", None] = between(
            roots(difference, points), difference,
            lambda x: -q.tail(x, -1), lambda x: at(x, lambda x: s * s * q.density(x)),
        )
    result["gradient_wasserstein_2_squared", None] = _gradient_w2_squared(p_spec, q_spec)
    return result


def _gradient_w2_squared(p_spec, q_spec):
    """dm = 2(m − E_p), dlog s = 2s(s − ∫φ(Φ⁻¹(F_p(x))) dx), by parts from ∫ z Q_p du."""
    standard = {"gaussian": [0.0, 1.0]}

    def make():
        p, unit = build(p_spec), build(standard)

        def f(x):
            below = p.tail(x, -1)
            z = unit.quantile(below, -1) if below <= 0.5 else unit.quantile(p.tail(x, 1), 1)
            return [unit.density(z)]

        return f, p.points(), ["value"]

    correlation = twice(make, ((30, 26),))[0]
    p, q = build(p_spec), build(q_spec)
    m, s = q.components[0].location, q.components[0].scale
    return [2 * (m - p.moments()[0]), 2 * s * (s - correlation)]
