"""Commands on data of their own; no server unless a test starts one."""
import pytest

from dav import Server


@pytest.fixture
def house():
    """An initialised, empty data directory."""
    one = Server(people=None)
    yield one
    one.remove()


@pytest.fixture
def staffed():
    """With the people of the tests, not serving."""
    one = Server()
    yield one
    one.remove()
