"""Interactive figures of divergences between probability distributions, and their numbers.

>>> import divergences
>>> divergences.Figure("kl-fit", rate=0.1)            # in a notebook: a figure to drag
>>> divergences.readouts("kl-fit", mu=2)              # anywhere: the numbers that it shows
"""

from ._catalogue import figures
from ._figure import Figure
from ._numbers import readouts, summary, svg

__all__ = ["Figure", "figures", "readouts", "summary", "svg"]
