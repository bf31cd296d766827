"""Writes smoothed.rs: log-densities and cdfs of noisy uniforms and truncated Gaussians, by mpmath.

Each is computed as the convolution integral itself, not by the closed form that the library uses.
"""
from pathlib import Path
from mpmath import mp, mpf, quad, log, ncdf, npdf, sqrt, inf

# The tails are as small as 1e-38, and quad stops at an absolute error.
mp.dps = 90


def rows(density, lower, upper, noise, points):
    noise = mpf(noise)
    for x in points:
        x = mpf(x)
        # The mass may crowd at an end: many short panels, each easy.
        knots = [lower + (upper - lower) * k / 16 for k in range(17)]
        value = quad(lambda y: density(y) * npdf((x - y) / noise) / noise, knots)
        below = quad(lambda y: density(y) * ncdf((x - y) / noise), knots)
        yield f"({repr(float(x))}, {repr(float(log(value)))}, {repr(float(below))})"


def array(name, *arguments):
    items = list(rows(*arguments))
    body = "".join(f"    {item},\n" for item in items)
    return f"pub(super) const {name}: [(f64, f64, f64); {len(items)}] = [\n{body}];\n"


half = mpf("0.5")
sd, end = mpf(0.4), mpf(0.8)
mass = ncdf(end / sd) - ncdf(-end / sd)
text = "//! Written by smoothed.py: x, log-density and cdf.\n\n"
text += array("UNIFORM", lambda y: mpf(1), -half, half, 0.3, [-4.0, -1.5, -0.5, 0.0, 0.25, 1.0, 3.0])
text += array("TRUNCATED", lambda y: npdf(y / sd) / sd / mass, -end, end, 0.25, [-4.0, -1.0, -0.25, 0.0, 0.75, 2.5])
Path(__file__).with_name("smoothed.rs").write_text(text)
