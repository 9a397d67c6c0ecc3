"""Fixtures of all tests; what they are made of is dav.py."""
import uuid

import pytest

from dav import Server, xml_doc


@pytest.fixture(scope="session")
def server():
    one = Server().start()
    yield one
    one.remove()


@pytest.fixture
def own_server():
    """A server of this test's own, to be stopped, killed and restarted."""
    one = Server().start()
    yield one
    one.remove()


@pytest.fixture
def ann(server):
    return server.client("ann")


@pytest.fixture
def ben(server):
    return server.client("ben")


@pytest.fixture
def root(server):
    return server.client("root")


@pytest.fixture
def calendar(ann):
    """A new calendar of ann's, empty."""
    path = f"/calendars/ann/{uuid.uuid4()}/"
    assert ann("MKCALENDAR", path).status == 201
    return path


@pytest.fixture
def book(ann):
    """A new address book of ann's, empty."""
    path = f"/addressbooks/ann/{uuid.uuid4()}/"
    answer = ann("MKCOL", path, xml_doc(
        "D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/>"
        "</D:resourcetype></D:prop></D:set>"), Content_Type="application/xml")
    assert answer.status == 201, answer.text
    return path


@pytest.fixture
def folder(ann):
    """A new folder of ann's, empty."""
    path = f"/files/ann/{uuid.uuid4()}/"
    assert ann("MKCOL", path).status == 201
    return path
