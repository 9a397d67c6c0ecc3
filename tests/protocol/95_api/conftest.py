import pytest

from api import Api


@pytest.fixture
def browser(server):
    """ann, signed in as a browser."""
    return Api(server, "ann")
