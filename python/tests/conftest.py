"""The fixture that runs a test for every figure."""

import divergences
import pytest


@pytest.fixture(params=divergences.figures())
def name(request):
    return request.param
