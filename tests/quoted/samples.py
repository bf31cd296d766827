#!/usr/bin/env python3
"""Writes samples.json: how far apart in W1 two samples of 1024 points from the same standard normal distribution are.

    pip install -r ../../divergences/tests/golden/requirements.txt
    python samples.py             # computes and writes
    python samples.py --check     # computes and compares with what is committed

The texts quote these numbers, and tests/quoted.rs holds them against this file. On the line the expectation is an
integral, computed exactly but for its quadrature; draws must agree with it, and give the standard deviation. In more
dimensions it is the mean over draws, each of which POT's network simplex solves exactly.
"""

import argparse
import json
import pathlib
import sys

import numpy as np
import ot
from scipy import integrate, stats

POINTS = 1024
VALUES = pathlib.Path(__file__).with_name("samples.json")
# Dimensions, and how many pairs of samples are drawn: distances differ the less the more dimensions there are.
DRAWS = {1: 20000, 10: 40, 784: 12}


def expectation_on_the_line():
    """W1 is the area between the two empirical cdfs F and G, and n F(x), n G(x) are independent binomials.

    Of two independent numbers X, Y of one distribution with the cdf B, E|X - Y| = 2 sum B (1 - B).
    """
    counts = np.arange(POINTS)

    def mean_gap(x):
        below = stats.binom.cdf(counts, POINTS, stats.norm.cdf(x))
        return 2 * np.sum(below * (1 - below)) / POINTS

    # Beyond 9 not even one of the points is to be expected. Both sides are alike.
    half, error = integrate.quad(mean_gap, 0, 9, epsabs=1e-9, epsrel=1e-9, limit=200)
    assert error < 1e-7, error
    return 2 * half


def distance(x, y):
    if x.shape[1] == 1:
        return np.mean(np.abs(np.sort(x[:, 0]) - np.sort(y[:, 0])))
    weights = np.full(POINTS, 1 / POINTS)
    return ot.emd2(weights, weights, ot.dist(x, y, metric="euclidean"), numItermax=10**7)


def compute():
    found = []
    for dimensions, draws in DRAWS.items():
        source = np.random.default_rng(dimensions)
        sample = lambda: source.standard_normal((POINTS, dimensions))
        distances = [distance(sample(), sample()) for _ in range(draws)]
        mean, sd = np.mean(distances), np.std(distances, ddof=1)
        error = sd / np.sqrt(draws)
        if dimensions == 1:
            exact = expectation_on_the_line()
            assert abs(mean - exact) < 4 * error, (mean, exact, error)
            mean, error = exact, 0
        numbers = {"mean": mean, "error": error, "sd": sd}
        found.append({"dimensions": dimensions, **{key: round(float(value), 5) for key, value in numbers.items()}})
        print(found[-1], flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with samples.json, write nothing")
    check = parser.parse_args().check
    found = compute()
    if check:
        # The generator of random numbers may change with numpy, and then the draws.
        for old, new in zip(json.loads(VALUES.read_text()), found, strict=True):
            if abs(old["mean"] - new["mean"]) > 6 * max(old["error"], new["error"], 1e-5):
                sys.exit(f"committed {old}, computed {new}")
        return
    VALUES.write_text("[\n" + ",\n".join(json.dumps(one) for one in found) + "\n]\n")


if __name__ == "__main__":
    main()
