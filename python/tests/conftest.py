"""One figure after another, for tests that hold for all of them."""

import divergences
import pytest


@pytest.fixture(params=divergences.figures())
def name(request):
    return request.param
