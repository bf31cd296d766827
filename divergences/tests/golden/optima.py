"""Every local minimum of a divergence from a Gaussian mixture to a Gaussian N(m, s²)."""

import numpy as np
from scipy.optimize import minimize

from cases import target
from digits import mp, mpf
from distributions import build
from divergences import entropy
from quadrature import twice

FITTED = ("forward_kl", "reverse_kl", "jensen_shannon", "hellinger_squared")


def _doubles(name, parts):
    """The divergence and its gradient in (m, log s) in doubles, by the trapezoidal rule."""
    w, m, s = (np.array(c, dtype=float)[:, None] for c in zip(*parts))
    reach = np.linspace(-10, 10, 301)

    def f(theta):
        mean, sd = theta[0], np.exp(theta[1])
        knots = [mean + sd * reach] + [mm + ss * reach for _, mm, ss in parts]
        x = np.unique(np.concatenate(knots))
        step = np.empty_like(x)
        step[1:-1] = (x[2:] - x[:-2]) / 2
        step[0] = step[-1] = 0
        logs = np.log(w) - 0.5 * ((x - m) / s) ** 2 - np.log(s) - 0.9189385332046727
        log_p = np.logaddexp.reduce(logs, axis=0)
        z = (x - mean) / sd
        log_q = -0.5 * z * z - theta[1] - 0.9189385332046727
        p, q = np.exp(log_p), np.exp(log_q)
        score = np.array([z / sd, z * z - 1])
        log_m = np.logaddexp(log_p, log_q) - np.log(2)
        value, weight = {
            "reverse_kl": (q * (log_q - log_p), q * (log_q - log_p)),
            "jensen_shannon": ((p * (log_p - log_m) + q * (log_q - log_m)) / 2, q * (log_q - log_m) / 2),
            "hellinger_squared": ((np.sqrt(p) - np.sqrt(q)) ** 2 / 2, -np.exp((log_p + log_q) / 2) / 2),
        }[name]
        return float(value @ step), (score * weight) @ step

    return f


def _starts(name, parts):
    """Minima in doubles: BFGS from a grid over where the target has mass and from its narrowest to its widest scale."""
    f = _doubles(name, parts)
    means = [m for _, m, _ in parts]
    sds = [s for _, _, s in parts]
    spread = max(max(means) - min(means), max(sds))
    found = []
    for mean in np.linspace(min(means) - 0.3 * spread, max(means) + 0.3 * spread, 13):
        for sd in np.geomspace(0.5 * min(sds), spread, 5):
            r = minimize(f, [mean, np.log(sd)], jac=True, method="BFGS", options={"gtol": 1e-9, "maxiter": 400})
            if np.hypot(*r.jac) > 1e-5 or abs(r.x[0]) > 20 * spread or np.exp(r.x[1]) > 20 * spread:
                continue
            if not any(np.hypot(*(r.x - other)) < 1e-3 for other in found):
                found.append(r.x)
    return found


def _expansion(name, p_spec, mean, sd):
    """Value, gradient and Hessian in (m, log s)."""
    with mp.workdps(60):
        mean, sd = +mean, +sd

    def make():
        p = build(p_spec)
        q = build({"gaussian": [0.0, 1.0]})
        q.components[0].location, q.components[0].scale = mean, sd

        def f(x):
            a, b = p.density(x), q.density(x)
            z = (x - mean) / sd
            s = (z / sd, z * z - 1)
            twice_s = (s[0] * s[0] - 1 / sd**2, s[0] * s[1] - 2 * z / sd, s[1] * s[1] - 2 * z * z)
            if name == "reverse_kl":
                log = mp.log(b / a)
                value, first, second = b * log - b + a, log, 1 / b
            elif name == "jensen_shannon":
                middle = mp.log((a + b) / 2)
                first = (mp.log(b) - middle) / 2
                value, second = a * (mp.log(a) - middle) / 2 + b * first, (1 / b - 1 / (a + b)) / 2
            else:
                root = mp.sqrt(a / b)
                value, first, second = (mp.sqrt(a) - mp.sqrt(b)) ** 2 / 2, -root / 2, root / b / 4
            return [value] + [first * b * v for v in s] + [
                first * b * t + second * b * b * u
                for t, u in zip(twice_s, (s[0] * s[0], s[0] * s[1], s[1] * s[1]))
            ]

        return f, sorted(set(p.points()) | set(q.points())), ["value"] + ["size"] * 5

    return twice(make)


def optima(name, parts):
    """[[m, s, value], …], the best first; each polished by Newton until the gradient is below 1e-25."""
    spec = target(parts)
    if name == "forward_kl":
        # The moments are the only stationary point.
        mean, variance = build(spec).moments()
        sd = mp.sqrt(variance)
        cross = mp.log(sd) + mp.log(2 * mp.pi) / 2 + mpf("0.5")
        return [[mean, sd, cross - entropy(spec)]]
    found = []
    for start in _starts(name, parts):
        mean, log_sd = mpf(float(start[0])), mpf(float(start[1]))
        for _ in range(12):
            value, g0, g1, h00, h01, h11 = _expansion(name, spec, mean, mp.exp(log_sd))
            if max(abs(g0), abs(g1)) < mpf("1e-25"):
                break
            determinant = h00 * h11 - h01 * h01
            mean += (h01 * g1 - h11 * g0) / determinant
            log_sd += (h01 * g0 - h00 * g1) / determinant
        else:
            raise ArithmeticError(f"{name}: Newton does not arrive from {start}")
        if not (h00 > 0 and h00 * h11 > h01 * h01):
            continue  # a saddle, on which a symmetric descent had stopped
        sd = mp.exp(log_sd)
        if abs(mean) < mpf("1e-22") * sd:
            mean = mpf(0)  # by symmetry
        if not any(abs(mean - m) < mpf("1e-8") and abs(sd - s) < mpf("1e-8") for m, s, _ in found):
            found.append([mean, sd, value])
    return sorted(found, key=lambda o: (mp.nstr(o[2], 20), o[0]))
