"""What is computed: distributions, pairs of them, fits, and the quantities asked of each."""

import itertools


def gaussian(mean, sd):
    return {"gaussian": [float(mean), float(sd)]}


def laplace(location, scale):
    return {"laplace": [float(location), float(scale)]}


def uniform(lower, upper):
    return {"uniform": [float(lower), float(upper)]}


def truncated(base, lower, upper):
    return {"truncated": {"base": base, "lower": float(lower), "upper": float(upper)}}


def mixture(*parts):
    return {"mixture": [[float(w), d] for w, d in parts]}


def points(*atoms):
    return {"point_masses": [[float(x), float(w)] for x, w in atoms]}


def categorical(*probabilities):
    return {"categorical": [float(p) for p in probabilities]}


def modes(a, sd=1.0):
    """½N(−a, sd) + ½N(a, sd)."""
    return mixture((0.5, gaussian(-a, sd)), (0.5, gaussian(a, sd)))


# One or two of every kind: each meets each.
KINDS = {
    "gaussian": gaussian(0.25, 1),
    "laplace": laplace(0.5, 0.75),
    "uniform": uniform(-1, 2),
    "truncated-gaussian": truncated(gaussian(0, 1), -0.5, 2.5),
    "truncated-laplace": truncated(laplace(0.25, 1), -2, 1),
    "mixture": mixture((0.25, gaussian(-2, 0.75)), (0.75, gaussian(1.5, 1.25))),
    "mixed-mixture": mixture((0.5, laplace(-1, 0.5)), (0.25, uniform(0, 3)), (0.25, gaussian(2, 0.5))),
    "points": points((-1, 0.25), (0.5, 0.5), (2, 0.25)),
}

SINGLES = {
    **KINDS,
    "standard": gaussian(0, 1),
    "narrow": gaussian(3, 1e-3),
    "wide": gaussian(-1e3, 1e4),
    "laplace-standard": laplace(0, 1),
    "laplace-wide": laplace(5, 40),
    "uniform-unit": uniform(0, 1),
    "uniform-far": uniform(1000, 1000.5),
    "truncated-tail": truncated(gaussian(0, 1), 4, 6),
    "truncated-far-tail": truncated(gaussian(0, 1), 9, 12),
    "truncated-narrow": truncated(gaussian(0, 1), 0.25, 0.2500001),
    "truncated-one-side": truncated(laplace(0, 1), -1, 1e3),
    "truncated-uniform": truncated(uniform(0, 4), 1, 9),
    "three-modes": mixture((0.25, gaussian(-4, 0.5)), (0.5, gaussian(0, 1)), (0.25, gaussian(5, 1.5))),
    # About 1e-12, and 1 less it exactly: else the weights' own rounding shows in the 4th digit of TV.
    "tiny-weight": mixture((1 - 2.0**-40, gaussian(0, 1)), (2.0**-40, gaussian(8, 0.5))),
    "narrow-component": mixture((0.5, gaussian(0, 1)), (0.5, gaussian(0.5, 1e-3))),
    "gap": mixture((0.5, uniform(0, 1)), (0.5, uniform(3, 4))),
    "categorical": categorical(0.125, 0.5, 0.25, 0.125),
    "certain": categorical(1, 0),
}

F = [
    ("kullback_leibler", None), ("jeffreys", None), ("jensen_shannon", None), ("total_variation", None),
    ("hellinger_squared", None), ("chi_squared", None), ("cross_entropy", None),
    ("alpha", -1), ("alpha", 0.5), ("alpha", 2),
]
REVERSE = [("kullback_leibler", None), ("chi_squared", None), ("cross_entropy", None)]
ORDERS = [1, 1.5, 2, 3, 7]


def pairs():
    """(id of p, p, id of q, q, divergences p to q, divergences q to p, Wasserstein orders, W_∞?, near?)."""
    found = []

    def add(a, p, b, q, f=F, reverse=REVERSE, orders=(1, 2), infinity=False, near=False):
        found.append((a, p, b, q, list(f), list(reverse), list(orders), infinity, near))

    for (a, p), (b, q) in itertools.combinations(KINDS.items(), 2):
        bounded = "uniform" in (a, b) and "points" in (a, b)
        smooth = not {"mixture", "mixed-mixture"} & {a, b}
        unlimited = {"gaussian", "laplace"} & {a, b} and {a, b} & {"uniform", "points", "truncated-gaussian"}
        add(a, p, b, q, orders=ORDERS if smooth or "points" in (a, b) else (1, 2),
            infinity=bool(bounded or unlimited or (a, b) == ("gaussian", "laplace")))

    for a, p in KINDS.items():
        add(a, p, "itself", p, reverse=(), orders=(1, 2, 7), infinity=True)
    add("three categories", categorical(0.5, 0.25, 0.25), "itself", categorical(0.5, 0.25, 0.25), reverse=(), orders=())

    # Within one kind.
    more = [("alpha", -0.5), ("alpha", 0), ("alpha", 1), ("alpha", 0.25), ("alpha", 1.5), ("alpha", 3)]
    add("N(0,1)", gaussian(0, 1), "N(1,2)", gaussian(1, 2), F + more, orders=ORDERS, infinity=True)
    add("N(-1,0.75)", gaussian(-1, 0.75), "N(2,1)", gaussian(2, 1), F + more)
    add("N(0,1)", gaussian(0, 1), "N(1,1)", gaussian(1, 1), F + more, orders=ORDERS, infinity=True)
    add("N(0,1)", gaussian(0, 1), "N(0,1e-3)", gaussian(0, 1e-3))
    # χ² is finite below a variance ratio of 2, infinite above.
    for sd in (1.40625, 1.421875):
        add(f"N(0,{sd})", gaussian(0, sd), "N(0,1)", gaussian(0, 1), orders=())
    add("L(0,1)", laplace(0, 1), "L(1,2)", laplace(1, 2), F + more, orders=ORDERS, infinity=True)
    # The rates of decay tie: ∫p²/q diverges for want of any decay.
    add("L(0,2)", laplace(0, 2), "L(0,1)", laplace(0, 1), orders=(1,))
    add("L(0,1)", laplace(0, 1), "L(3,1)", laplace(3, 1), F + more, infinity=True)
    add("N(0,1)", gaussian(0, 1), "L(0,1)", laplace(0, 1), F + more)
    add("N(0,1)", gaussian(0, 1), "U(-20,20)", uniform(-20, 20))
    add("U(0,1)", uniform(0, 1), "N(0,1)", gaussian(0, 1), F + more)
    add("U(0,1)", uniform(0, 1), "U(-1,3)", uniform(-1, 3), F + more, orders=ORDERS, infinity=True)
    add("N(0,1) on [-1,1]", truncated(gaussian(0, 1), -1, 1), "U(-1,1)", uniform(-1, 1), F + more, orders=ORDERS, infinity=True)
    add("N(0,1) on [-1,2]", truncated(gaussian(0, 1), -1, 2), "shifted", truncated(gaussian(1, 1), 0, 3),
        orders=ORDERS, infinity=True)
    add("N(0,1) on [-1,2]", truncated(gaussian(0, 1), -1, 2), "its base", gaussian(0, 1), F + more)
    add("modes", modes(2), "shifted", mixture((0.5, gaussian(-1, 1)), (0.5, gaussian(3, 1))), orders=ORDERS, infinity=True)

    # Supports that overlap in part, touch, or do not meet.
    for theta in (0.25, 0.5, 0.75, 1, 1.5, 2, 1000):
        add("U(0,1)", uniform(0, 1), f"U({theta},{theta + 1})", uniform(theta, theta + 1), orders=ORDERS, infinity=True)
    add("U(-1,1)", uniform(-1, 1), "N(1,1) on [0,3]", truncated(gaussian(1, 1), 0, 3))
    add("N(0,1) on [-2,-1]", truncated(gaussian(0, 1), -2, -1), "N(0,1) on [1,2]", truncated(gaussian(0, 1), 1, 2))
    add("N(0,1) on [-1,0]", truncated(gaussian(0, 1), -1, 0), "N(0,1) on [0,1]", truncated(gaussian(0, 1), 0, 1))
    add("gap", SINGLES["gap"], "U(0,4)", uniform(0, 4), orders=ORDERS)
    add("gap", SINGLES["gap"], "U(1,3)", uniform(1, 3), orders=(1, 2))
    add("gap", SINGLES["gap"], "N(2,1)", gaussian(2, 1), orders=(1, 2))

    # Far apart: KL of 12.5 to a million, JS within 1e-20 of log 2.
    for distance in (2.8, 5, 10, 20, 40):
        add("N(0,1)", gaussian(0, 1), f"N({distance},1)", gaussian(distance, 1),
            [x for x in F if x[0] != "chi_squared" or distance < 26], [("kullback_leibler", None)], infinity=True)
    add("N(0,1)", gaussian(0, 1), "N(1414.2,1)", gaussian(1414.2, 1),
        [x for x in F if x[0] not in ("chi_squared", "alpha")] + [("alpha", 0.5)], [("kullback_leibler", None)])
    add("N(0,1e-3)", gaussian(0, 1e-3), "N(1,1e-3)", gaussian(1, 1e-3),
        [("kullback_leibler", None), ("jensen_shannon", None), ("total_variation", None)], ())
    # A posterior and its prior (x | z ~ N(z, 1), x = 2).
    posterior = gaussian(1, 0.5**0.5)
    # (χ² of prior to posterior is finite or infinite by the rounding of √½.)
    divergences = [x for x in F if x[0] not in ("chi_squared", "alpha")]
    add("posterior", posterior, "prior", gaussian(0, 1), divergences, [("kullback_leibler", None)], orders=())

    # Nearly the same: KL near 1e-24 and 1e-12.
    for d in (1e-12, 1e-6):
        add("N(0,1)", gaussian(0, 1), f"N({d},1)", gaussian(d, 1), orders=(1, 2), near=True)
    for k in (40, 20):
        add("N(0,1)", gaussian(0, 1), f"N(0,1+2^-{k})", gaussian(0, 1 + 2.0**-k), orders=(2,), near=True)
        add("L(0,1)", laplace(0, 1), f"L(0,1+2^-{k})", laplace(0, 1 + 2.0**-k),
            [x for x in F if x[0] != "total_variation"], orders=(2,), near=True)
    add("modes", modes(2), "modes+1e-4", mixture((0.5, gaussian(-2, 1)), (0.5, gaussian(2.0001, 1))),
        [x for x in F if x[0] != "alpha"], (), (), near=True)

    # Mixtures that are hard to integrate.
    for name in ("tiny-weight", "narrow-component", "three-modes"):
        add(name, SINGLES[name], "N(0,1)", gaussian(0, 1), reverse=REVERSE, orders=(1, 2))
    add("N(0,1)", gaussian(0, 1), "narrow far", mixture((0.5, gaussian(0, 1)), (0.5, gaussian(30, 1e-3))), orders=(1, 2))
    five = mixture(*[(0.2, gaussian(4 * k, 0.5 + 0.125 * k)) for k in range(-2, 3)])
    add("five", five, "N(0,6)", gaussian(0, 6), orders=(1, 2))

    # The mass of p²/q lies where the components of q cross, far outside all of them.
    add("N(0.95,2.516)", gaussian(0.95, 2.516), "crossing", mixture((0.1, gaussian(1.05, 1.775)), (0.9, gaussian(19.66, 2.311))),
        [("kullback_leibler", None), ("chi_squared", None), ("alpha", 1.75)], (), orders=())
    # The logarithm of q has a spike that is 300 times as wide as the component which makes it.
    add("broad and narrow", mixture((0.49, gaussian(-60, 293)), (0.51, gaussian(-85, 0.05))),
        "spike", mixture((0.7, gaussian(-87, 0.7)), (0.3, gaussian(99, 0.0014))),
        [("kullback_leibler", None), ("jensen_shannon", None), ("hellinger_squared", None)], (), orders=())
    # Where a fast part of the trapezoidal rule's error hides a slow one.
    add("two apart", mixture((0.6084, gaussian(2.58672, 0.46364)), (0.3916, gaussian(-2.76436, 0.45161))),
        "N(-2.6327,1.10442)", gaussian(-2.6327, 1.10442), reverse=(), orders=(1, 2))
    # Far from 0 there is little room between numbers.
    for t in (2.0**23, 2.0**40):
        add(f"modes at {t:.0f}", mixture((0.5, gaussian(t - 2, 0.75)), (0.5, gaussian(t + 1, 1.5))), "shifted",
            mixture((0.5, gaussian(t - 1, 1)), (0.5, gaussian(t + 3, 0.5))),
            [x for x in F if x[0] != "cross_entropy"], [("kullback_leibler", None)], (1, 2), near=True)
    # Powers so high that they have their mass far out in the tails, where POT has no nodes.
    add("N(0,1)", gaussian(0, 1), "N(0,2)", gaussian(0, 2), [("kullback_leibler", None)], (), orders=(50, 200, 500), near=True)

    # Finitely many categories.
    categories = {
        "appendix": (categorical(0.1, 0.2, 0.7), categorical(0.8, 0.1, 0.1)),
        "small miss": (categorical(0.99, 0.01), categorical(1 - 1e-6, 1e-6)),
        "triangle 1": (categorical(0.5, 0.5), categorical(0.25, 0.75)),
        "triangle 2": (categorical(0.25, 0.75), categorical(0.1, 0.9)),
        "triangle 3": (categorical(0.5, 0.5), categorical(0.1, 0.9)),
        "corner 1": (categorical(1, 0), categorical(0.5, 0.5)),
        "corner 2": (categorical(1, 0), categorical(0, 1)),
        "zero bins": (categorical(0.5, 0, 0.25, 0.25), categorical(0.25, 0.5, 0.25, 0)),
        "zero in both": (categorical(0.5, 0, 0.5), categorical(0.25, 0, 0.75)),
        "subnormal 1": (categorical(1, 5e-324), categorical(0.5, 0.5)),
        "subnormal 2": (categorical(1, 5e-324), categorical(5e-324, 1)),
        "huge ratio": (categorical(0.5, 0.5), categorical(2.0**-500, 1)),
        "one": (categorical(1), categorical(1)),
    }
    for k in (40, 20):
        e = 2.0**-k
        signs = (1, -1, -1, 1, 1, 1, -1, -1)
        categories[f"nearly uniform 2^-{k}"] = (categorical(*[0.125] * 8), categorical(*[0.125 * (1 + e * s) for s in signs]))
        categories[f"nearly equal 2^-{k}"] = (
            categorical(0.5, 0.25, 0.125, 0.125), categorical(0.5 + e, 0.25 - e, 0.125 + e / 2, 0.125 - e / 2),
        )
    for name, (p, q) in categories.items():
        add(name, p, "second of it", q, F + more, orders=())

    # Point masses; with p and q of the appendix on 0, 1, 2, and taken for samples.
    atoms = {
        "appendix on 0 1 2": (points((0, 0.1), (1, 0.2), (2, 0.7)), points((0, 0.8), (1, 0.1), (2, 0.1))),
        "appendix as samples": (
            points((0.1, 0.25), (0.2, 0.25), (0.7, 0.5)), points((0.8, 0.25), (0.1, 0.75)),
        ),
        "delta 0.5": (points((0, 1)), points((0.5, 1))),
        "delta 1": (points((0, 1)), points((-1, 1))),
        "partly shared": (points((0, 0.5), (1, 0.5)), points((1, 0.25), (3, 0.75))),
        "different counts": (points((0, 0.5), (1, 0.125), (4, 0.375)), points((-1, 0.25), (0.5, 0.75))),
        "subnormal atom": (points((0, 1), (1e3, 5e-324)), points((0, 1))),
        "light far atom": (points((0, 1), (1e10, 1e-17)), points((0, 1))),
        "far atom": (points((0, 0.5), (1e6, 0.5)), points((0, 0.5), (1, 0.5))),
    }
    for name, (p, q) in atoms.items():
        # What is finite is then below the least double, and depends on whether 1 + 5e-324 is 1.
        infinite = [("kullback_leibler", None), ("jeffreys", None), ("chi_squared", None)]
        f, reverse = (infinite, ()) if name in ("subnormal atom", "light far atom") else (F, REVERSE)
        # SciPy drops so light an atom.
        add(name, p, "second of it", q, f, reverse, ORDERS, infinity=True, near=name == "light far atom")
    add("U(0,1)", uniform(0, 1), "delta", points((0.5, 1)), orders=ORDERS, infinity=True)
    add("N(0,1)", gaussian(0, 1), "delta", points((0, 1)), orders=ORDERS, infinity=True)
    return found


# Gaussian mixtures as (weight, mean, sd), for gradients and fits.
TARGETS = {
    "one": [(1, 0.5, 1.5)],
    "two": [(0.3, -2, 1), (0.7, 1.5, 0.5)],
    "separated": [(0.5, -3, 0.7), (0.5, 3, 0.7)],
    "unequal": [(0.9, 0, 1), (0.1, 5, 0.5)],
    "tiny": [(1 - 1e-6, 0, 1), (1e-6, 6, 1)],
    "three": [(0.25, -4, 0.75), (0.5, 0, 1), (0.25, 3, 0.5)],
    "four": [(0.25, -6, 1), (0.25, -1, 0.5), (0.25, 1, 0.5), (0.25, 5, 2)],
    "five": [(0.1, -6, 0.5), (0.2, -2, 1), (0.4, 0, 0.25), (0.2, 2, 1), (0.1, 7, 2)],
    "narrow": [(0.5, 0, 1), (0.5, 2, 1e-3)],
}
MODELS = [(0.25, 1.25), (-2.5, 0.5), (1, 4)]

FITS = {
    "below 2.41223": [(0.5, -2.40625, 1), (0.5, 2.40625, 1)],
    "above 2.41223": [(0.5, -2.421875, 1), (0.5, 2.421875, 1)],
    "below 2.80008": [(0.5, -2.796875, 1), (0.5, 2.796875, 1)],
    "above 2.80008": [(0.5, -2.8125, 1), (0.5, 2.8125, 1)],
    "three minima": [(0.5, -3, 0.7), (0.5, 3, 0.7)],
    "unequal": [(0.8, -1.5, 0.75), (0.2, 2.5, 1)],
    "two": [(0.3, -2, 1), (0.7, 1.5, 0.5)],
    "close": [(0.5, -0.75, 1), (0.5, 0.75, 1)],
    "three modes": [(0.3, -4, 0.8), (0.4, 0, 0.6), (0.3, 4, 0.8)],
    "strong middle": [(0.15, -3, 1), (0.7, 0, 1), (0.15, 3, 1)],
}


def target(parts):
    return mixture(*[(w, gaussian(m, s)) for w, m, s in parts])


def gradient_jobs():
    """(id, p, q, α's)."""
    jobs = []
    for name, parts in TARGETS.items():
        for mean, sd in MODELS:
            jobs.append((f"{name}|N({mean},{sd})", target(parts), gaussian(mean, sd), [-1, 0.5, 2, 3]))
    unit = target([(1, 0, 1)])
    for distance in (1, 5, 10, 20):  # Gaussians never part: dJS/dθ is 0.0237, 2.2e-6, 1.2e-22 at 5, 10, 20
        jobs.append((f"unit|N({distance},1)", unit, gaussian(distance, 1), [0.5]))
    # Nearly the same, where values need a formula without cancellation.
    for a in (0.25, 0.75):
        parts = [(0.5, -a, 1), (0.5, a, 1)]
        jobs.append((f"modes {a}|N(0.125,1.0625)", target(parts), gaussian(0.125, 1.0625), [-1, 0.5, 2]))
    # A model so narrow that it underflows where p²/q still has mass: χ² is 6.86 there, not infinite.
    jobs.append(("unit|N(0.25,0.725)", unit, gaussian(0.25, 0.725), [0.5, 2]))
    # Far from 0 there is little room between numbers.
    far = [(0.25, 2.0**23 - 2, 0.75), (0.75, 2.0**23 + 2, 0.5)]
    jobs.append(("far|N(2^23+1,2)", target(far), gaussian(2.0**23 + 1, 2), [-1, 0.5, 2]))
    jobs.append(("unit|itself", unit, gaussian(0, 1), [-1, 0.5, 2]))
    return jobs
