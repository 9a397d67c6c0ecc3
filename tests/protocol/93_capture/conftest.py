"""What strangers send: servers that take it."""
import pytest

from dav import Server, free_port
from strangers import SETTINGS, Mailed, Forms


@pytest.fixture
def mailed():
    one = Mailed(SETTINGS).start()
    yield one
    one.remove()


@pytest.fixture
def lmtp():
    port = free_port()
    one = Mailed((*SETTINGS, f"capture.lmtp=127.0.0.1:{port}", "capture.max_mail=20K")).start()
    one.lmtp = port
    yield one
    one.remove()


@pytest.fixture(scope="module")
def open_house():
    one = Server(("capture.form_per_minute=100",)).start()
    yield one
    one.remove()


@pytest.fixture
def forms(open_house):
    return Forms(open_house)
