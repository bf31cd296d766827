"""Some of the values once more by mpmath alone: its own numbers, and its own tanh–sinh quadrature, at 30 digits."""

from mpmath import mp, mpf, exp, log, pi, quad, sqrt

# p, q ↦ integrand; the densities are positive wherever it is called.
TERMS = {
    "kullback_leibler": lambda p, q: p * log(p / q),
    "jeffreys": lambda p, q: (p - q) * log(p / q),
    "jensen_shannon": lambda p, q: (p * log(2 * p / (p + q)) + q * log(2 * q / (p + q))) / 2,
    "hellinger_squared": lambda p, q: (sqrt(p) - sqrt(q)) ** 2 / 2,
}


def _parts(spec):
    (kind, v), = spec.items()
    if kind == "mixture":
        total = sum(mpf(w) for w, _ in v)
        return [(mpf(w) / total * share, *rest) for w, d in v for share, *rest in _parts(d)]
    return [(mpf(1), kind, mpf(v[0]), mpf(v[1]))]


def applies(case):
    """Gaussians, Laplaces and mixtures of them: everywhere positive, with kinks only at their locations.

    Beside a component that is 10⁵ times as wide, the logarithm of a narrow one's density has a spike too sharp for tanh–sinh.
    """
    def smooth(spec):
        (kind, v), = spec.items()
        return kind in ("gaussian", "laplace") or (kind == "mixture" and all(smooth(d) for _, d in v))

    def comparable():
        scales = [s for _, _, _, s in _parts(case["p"]) + _parts(case["q"])]
        return max(scales) < 10**5 * min(scales)

    return (case["quantity"] in TERMS and case["value"] not in ("0", "inf") and smooth(case["p"]) and smooth(case["q"])
            and float(case["value"]) > 1e-6 and comparable())


def value(case):
    with mp.workdps(30):
        p, q = _parts(case["p"]), _parts(case["q"])

        def density(parts, x):
            total = mpf(0)
            for weight, kind, m, s in parts:
                z = (x - m) / s
                total += weight * (exp(-z * z / 2) / (s * sqrt(2 * pi)) if kind == "gaussian" else exp(-abs(z)) / (2 * s))
            return total

        cuts = set()
        for _, kind, m, s in p + q:
            reach = (0, 1, 2, 4, 7, 11, 14) if kind == "gaussian" else (0, 1, 3, 9, 25, 60, 90)
            cuts |= {m + sign * k * s for k in reach for sign in (-1, 1)}
        term = TERMS[case["quantity"]]
        return quad(lambda x: term(density(p, x), density(q, x)), sorted(cuts))
