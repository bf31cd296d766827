#!/usr/bin/env python3
"""Writes values.json, the numbers that the library's own are tested against.

    pip install -r requirements.txt
    python generate.py            # computes and writes
    python generate.py --check    # computes and compares with what is committed

Every value comes from its definition at 30 digits or more, by MPFR's functions on mpmath's nodes, never from the library.
Each quadrature is done at two precisions with different nodes, which must agree to 1e-18; mpmath's own quadrature must
agree to 1e-18 with a sample; SciPy and POT give a second opinion in doubles on almost all, which must agree within their
own accuracy. Any failure is reported, naming the case, and ends in an error. Each parameter means the
double nearest to what is written; weights are divided by their exact sum. Units are nats; conventions as in the
library: JS with the ½, TV with the ½, H² with the ½, Jeffreys the plain sum, χ² = ∫p²/q − 1.
"""

import argparse
import itertools
import json
import math
import multiprocessing
import pathlib
import sys
import time

import mpmath

import arrays
import cases
import divergences
import mpmath_opinion
import second_opinion
from digits import mp, mpf, inf
from distributions import Atoms, build
from optima import FITTED, optima

VALUES = pathlib.Path(__file__).with_name("values.json")
DIGITS = 25


def text(value):
    if value == "undefined":
        return value
    if abs(value) == inf:
        return "inf" if value > 0 else "-inf"
    return "0" if value == 0 else mp.nstr(value, DIGITS)


def agree(case, value, opinion):
    """Fails if SciPy or POT contradicts; what they cannot hold (NaN, None, infinity) they do not judge."""
    if opinion is None or not math.isfinite(opinion[0]) or value == "undefined" or abs(value) == inf:
        return
    other, accuracy = opinion
    if not abs(mpf(float(other)) - value) <= mpf(accuracy) + abs(value) * mpf("1e-8"):
        raise ArithmeticError(f"{case['id']}: mpmath {text(value)}, SciPy or POT {other!r} ± {accuracy:.1e}")


def kind(spec):
    return next(iter(spec))


def class_of(quantity, order, p, q=None):
    """How the library may be expected to compute it, which decides how near it must come."""
    discrete = [kind(s) in ("categorical", "point_masses") for s in (p, q) if s]
    if all(discrete):
        return "sum"
    if any(discrete):
        return "quadrature" if quantity.startswith("wasserstein") else "closed"
    kinds = {kind(s) for s in (p, q) if s}
    base = kinds <= {"gaussian", "laplace", "uniform"}
    closed = {
        "density": True, "log_density": True, "cdf": True, "survival": True,
        "quantile": base, "entropy": base, "mean": "truncated" not in kinds, "variance": "truncated" not in kinds,
        "kullback_leibler": base and len(kinds) == 1, "jeffreys": base and len(kinds) == 1,
        "cross_entropy": base and len(kinds) == 1,
        "jensen_shannon": kinds == {"uniform"}, "jensen_shannon_distance": kinds == {"uniform"},
        "total_variation": kinds == {"uniform"},
        "wasserstein": kinds == {"uniform"} or (kinds == {"gaussian"} and order == 2),
        "wasserstein_infinity": base,
    }.get(quantity, kinds in ({"gaussian"}, {"uniform"}))
    return "closed" if closed else "quadrature"


def case(id, quantity, p, q, value, order=None, at=None):
    parts = {"id": id, "quantity": quantity, "order": order, "at": at, "p": p, "q": q}
    found = {k: v for k, v in parts.items() if v is not None}
    found["value"] = [text(v) for v in value] if isinstance(value, list) else text(value)
    found["class"] = "quadrature" if quantity.startswith("gradient") else class_of(quantity, order, p, q)
    return found


def short(x):
    return float(f"{float(x):.4g}")


def single(job):
    name, spec = job
    d = build(spec)
    mean, variance = d.moments()
    found = []

    def add(quantity, value, at=None):
        found.append(case(f"{quantity}{'' if at is None else f'({at!r})'}/{name}", quantity, spec, None, value, at=at))
        if quantity != "entropy":
            agree(found[-1], value, second_opinion.single(quantity, spec, at))

    entropy = divergences.entropy(spec)
    add("entropy", entropy)
    agree(found[-1], entropy, second_opinion.entropy(spec))
    if kind(spec) == "categorical":
        return found
    add("mean", mean)
    add("variance", variance)
    discrete = isinstance(d, Atoms)
    low, high = (d.atoms[0][0], d.atoms[-1][0]) if discrete else d.ends()
    places = {short(mean + mpf(k) * mp.sqrt(variance)) for k in ("-7", "-1.3", "0.4", "2.1", "9")}
    if name == "truncated-narrow":
        places = {0.25000001, 0.25000009}
    for x in sorted(places):
        inside = low <= x <= high
        if not discrete:
            density = d.density(mpf(x))
            add("density", density, x)
            add("log_density", mp.log(density) if density else -inf, x)
        for quantity, side in (("cdf", -1), ("survival", 1)):
            tail = d.tail(mpf(x), side) if inside or discrete else mpf(x > high) if side < 0 else mpf(x < low)
            if tail == 0 or tail > mpf("1e-290"):
                add(quantity, tail, x)
    for u in (0.0, 1e-10, 0.25, 0.9375, 1.0, -0.25, 1.5):
        if discrete:
            mass, value = mpf(0), low
            for position, w in d.atoms:
                mass += w
                value = position
                if mass >= u:
                    break
        elif 0 < u < 1:
            value = d.quantile(mpf(u), -1) if u <= 0.5 else d.quantile(1 - mpf(u), 1)
            if abs(value) < mpf("1e-6") * mp.sqrt(variance):
                continue  # nothing is relatively right next to 0
        else:
            value = low if u == 0 else high
        add("quantile", value if 0 <= u <= 1 else "undefined", u)
    return found


def gaussian_closed_form(quantity, p, q):
    """A third derivation where there is one."""
    (m, s), (n, t) = ([mpf(v) for v in d["gaussian"]] for d in (p, q))
    if quantity == "kullback_leibler":
        return mp.log(t / s) + (s * s + (m - n) ** 2) / (2 * t * t) - mpf("0.5")
    if quantity == "hellinger_squared":
        return 1 - mp.sqrt(2 * s * t / (s * s + t * t)) * mp.exp(-((m - n) ** 2) / (4 * (s * s + t * t)))
    return None


def pair(job):
    a, p, b, q, wanted, reverse, orders, infinity, near = job
    found, same = [], p == q

    def add(quantity, one, other, names, value, order=None, opinion=None):
        label = quantity if order is None else f"{quantity}[{order}]"
        found.append(case(f"{label}/{names[0]}|{names[1]}", quantity, one, other, value, order))
        agree(found[-1], value, opinion)

    for one, other, names, names_wanted in ((p, q, (a, b), wanted), (q, p, (b, a), reverse)):
        if not names_wanted:
            continue
        # From itself everything is 0 by definition, and a quadrature would see the rounding of its terms.
        needed = [x for x in names_wanted if not same or x[0] == "cross_entropy"]
        values = divergences.f_divergences(one, other, needed, near)
        for quantity, order in names_wanted:
            value = values.get((quantity, order), mpf(0))
            opinion = None if value == inf else second_opinion.f_divergence(quantity, order, one, other)
            add(quantity, one, other, names, value, order, opinion)
            if kind(one) == kind(other) == "gaussian":
                with mp.workdps(80):
                    exact = gaussian_closed_form(quantity, one, other)
                    if exact is not None and abs(exact - value) > mpf("1e-18") * abs(exact):
                        raise ArithmeticError(f"{found[-1]['id']}: {text(value)}, closed form {text(exact)}")
            root = {"jensen_shannon": "jensen_shannon_distance", "hellinger_squared": "hellinger"}.get(quantity)
            if root:
                add(root, one, other, names, mp.sqrt(value))
    if orders:
        values = [mpf(0)] * len(orders) if same else divergences.wasserstein(p, q, orders, near)
        for order, value in zip(orders, values):
            opinion = None if same or near else second_opinion.wasserstein(p, q, order)
            add("wasserstein", p, q, (a, b), value, order, opinion)
    if infinity:
        add("wasserstein_infinity", p, q, (a, b), mpf(0) if same else divergences.wasserstein_infinity(p, q))
    return found


def gradient(job):
    name, p, q, alphas = job
    found = []
    for (quantity, order), value in divergences.gradients(p, q, alphas).items():
        if value != "undefined":
            # By symmetry some are 0, and come out as the rounding of 30 digits.
            size = max(abs(v) for v in value)
            value = [v if abs(v) > size * mpf("1e-22") else mpf(0) for v in value]
        label = quantity if order is None else f"{quantity}[{order}]"
        found.append(case(f"{label}/{name}", quantity, p, q, value, order))
        if value != "undefined" and p != q:
            opinions = second_opinion.gradient_by_differences(quantity, order, p, q)
            for v, opinion in zip(value, opinions or ()):
                if opinion is not None and math.isfinite(opinion[0]):
                    agree(found[-1], v, (opinion[0], 1e-6 * float(max(abs(x) for x in value)) + opinion[1]))
    return found


def fit(job):
    name, parts, divergence = job
    p = cases.target(parts)
    return [{
        "id": f"optima_{divergence}/{name}", "quantity": f"optima_{divergence}", "p": p,
        "value": [[text(v) for v in optimum] for optimum in optima(divergence, parts)], "class": "quadrature",
    }]


def array(job):
    name, p, q = job
    found = []
    for quantity, order, value, opinion in arrays.compute(name, p, q):
        label = quantity if order is None else f"{quantity}[{order}]"
        found.append(case(f"{label}/{name}", quantity, cases.categorical(*p), cases.categorical(*q), value, order))
        agree(found[-1], value, None if opinion is None else (opinion, 1e-10))
    return found


def event(job):
    a, p, b, q = job
    return [case(f"{quantity}/{a}|{b}", quantity, p, q, value) for quantity, value in arrays.event(p, q).items()]


WORK = {"single": single, "pair": pair, "gradient": gradient, "fit": fit, "array": array, "event": event}


def run(task):
    """(cases, seconds, what went wrong)."""
    what, job = task
    mp.dps = 40
    start = time.time()
    try:
        return WORK[what](job), time.time() - start, None
    except ArithmeticError as error:
        label = f"{job[0]}|{job[2]}" if what in ("pair", "fit", "event") else job[0]
        return [], time.time() - start, f"{what} {label}: {error}"


def by_mpmath(case):
    """What mpmath alone says against, or None."""
    with mpmath.workdps(30):
        theirs, ours = mpmath_opinion.value(case), mpmath.mpf(case["value"])
        if abs(theirs - ours) <= mpmath.mpf("1e-18") * ours:
            return None
        return f"{case['id']}: {case['value']}, mpmath's own quadrature {mpmath.nstr(theirs, 25)}"


def compute(only=None, match="", processes=2):
    tasks = [("fit", (n, parts, d)) for n, parts in cases.FITS.items() for d in FITTED]
    tasks += [("gradient", job) for job in cases.gradient_jobs()]
    tasks += [("pair", job) for job in cases.pairs()]
    tasks += [("single", job) for job in cases.SINGLES.items()]
    tasks += [("array", (name, p, q)) for name, (p, q) in arrays.PAIRS.items()]
    tasks += [("event", (a, cases.KINDS[a], b, cases.KINDS[b])) for a, b in itertools.permutations(arrays.LINE, 2)]
    names = [{job[0], job[2]} for what, job in tasks if what == "pair"]
    assert all(names.count(n) == 1 for n in names), "two pairs of one name"
    if only:
        tasks = [t for t in tasks if t[0] in only]
    tasks = [t for t in tasks if match in f"{t[1][0]}|{t[1][2] if t[0] in ('pair', 'event') else ''}"]
    found, failures, start = [], [], time.time()
    with multiprocessing.Pool(processes) as pool:
        for k, (task, (values, seconds, failure)) in enumerate(zip(tasks, pool.imap(run, tasks))):
            found += values
            if failure:
                failures.append(failure)
                print(failure, flush=True)
            if seconds > 10 or k % 50 == 0:
                print(f"{time.time() - start:6.0f} s  {k}/{len(tasks)}  {task[0]} {task[1][0]}: {seconds:.1f} s", flush=True)
        sample = [c for c in found if mpmath_opinion.applies(c)][::8]
        failures += filter(None, pool.imap(by_mpmath, sample))
        print(f"{len(sample)} cases again by mpmath alone")
    ids = [c["id"] for c in found]
    twins = {i for i in ids if ids.count(i) > 1}
    if twins:
        raise ValueError(f"the same id twice: {sorted(twins)[:5]}")
    return found, failures


def differences(old, new):
    """Where two lists of cases differ by more than their 18 certain digits."""
    def leaves(value):
        return [x for v in value for x in leaves(v)] if isinstance(value, list) else [value]

    def same(a, b):
        if a == b:
            return True
        if "undefined" in (a, b) or "inf" in a + b:
            return False
        return abs(mpf(a) - mpf(b)) <= mpf("1e-17") * abs(mpf(a))

    old, new = ({c["id"]: c for c in cases} for cases in (old, new))
    for id in sorted(set(old) ^ set(new)):
        yield f"{id}: only {'committed' if id in old else 'computed'}"
    for id in sorted(set(old) & set(new)):
        a, b = old[id], new[id]
        x, y = leaves(a["value"]), leaves(b["value"])
        inputs = [{k: v for k, v in c.items() if k != "value"} for c in (a, b)]
        if inputs[0] != inputs[1]:
            yield f"{id}: its inputs changed"
        elif len(x) != len(y) or not all(map(same, x, y)):
            yield f"{id}: committed {a['value']}, computed {b['value']}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with values.json, write nothing")
    parser.add_argument("--only", nargs="+", choices=WORK, help="recompute only these; the other cases are kept")
    parser.add_argument("--match", default="", help="recompute only what has this in its name; the other cases are kept")
    parser.add_argument("--keep-going", action="store_true", help="write the cases that succeed although others fail")
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    mp.dps = 40
    start = time.time()
    found, failures = compute(options.only, options.match, options.processes)
    if failures and not options.keep_going:
        sys.exit(f"{len(failures)} failures, nothing written:\n" + "\n".join(failures))
    # Through JSON, as the committed ones went.
    found = json.loads(json.dumps(found))
    kept = json.loads(VALUES.read_text()) if VALUES.exists() else []

    if options.check:
        ids = {c["id"] for c in found}
        partial = options.only or options.match
        problems = list(differences([c for c in kept if c["id"] in ids or not partial], found))
        print("\n".join(problems) or f"all {len(found)} cases as committed", f"({time.time() - start:.0f} s)")
        sys.exit(bool(problems))
    if options.only or options.match:
        new = {c["id"]: c for c in found}
        found = [new.pop(c["id"], c) for c in kept] + list(new.values())
    VALUES.write_text("[\n" + ",\n".join(json.dumps(c) for c in found) + "\n]\n")
    print(f"{len(found)} cases in {time.time() - start:.0f} s")
    sys.exit("\n".join(failures) or 0)


if __name__ == "__main__":
    main()
