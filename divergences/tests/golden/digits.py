"""Numbers of any precision for the inner loops: MPFR, whose functions are correctly rounded, under mpmath's names.

mpmath's own numbers are ten times as slow; mpmath gives the nodes (quadrature.py) and, by its own numbers and its own
quadrature, checks a sample of what comes out (mpmath_opinion.py).
"""

import math
from contextlib import contextmanager

import gmpy2
from gmpy2 import mpfr as mpf

inf = mpf("inf")


def _erfc(x):
    """MPFR's, or where that is slow, the continued fraction e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3/2/(x + …))))."""
    if not 4 <= x <= 25:
        return gmpy2.erfc(x)
    # n terms leave a relative error of about exp(−2x√(2n)) for n well above x², and (n/2x²)^n below.
    digits, rough = gmpy2.get_context().precision * 0.6931471805599453 + 8, float(x)
    terms = (digits / (2.8284271247461903 * rough)) ** 2 + 1.3 * digits / math.log(2 + rough * rough / 2) + 6
    fraction = x
    for k in range(int(terms), 0, -1):
        fraction = x + k / (2 * fraction)
    return gmpy2.exp(-x * x) / (gmpy2.sqrt(gmpy2.const_pi()) * fraction)


class _Digits:
    exp, log, log1p, sqrt, erfc = map(staticmethod, (gmpy2.exp, gmpy2.log, gmpy2.log1p, gmpy2.sqrt, _erfc))
    sign, floor = staticmethod(gmpy2.sign), staticmethod(gmpy2.floor)
    fsum = staticmethod(lambda values: sum(values, mpf(0)))

    @property
    def pi(self):
        return gmpy2.const_pi()

    @property
    def prec(self):
        return gmpy2.get_context().precision

    @property
    def dps(self):
        return round(self.prec / 3.3219280948873626)

    @dps.setter
    def dps(self, digits):
        gmpy2.get_context().precision = round(digits * 3.3219280948873626) + 4

    @property
    def eps(self):
        return mpf(2) ** (1 - self.prec)

    @contextmanager
    def workdps(self, digits):
        before = self.dps
        self.dps = digits
        try:
            yield
        finally:
            self.dps = before

    @staticmethod
    def nstr(value, digits):
        return f"{mpf(value):.{digits - 1}e}"


mp = _Digits()
