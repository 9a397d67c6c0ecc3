"""A company of two teams. North: ann and dora sell, ben answers cases; carla manages it, and sells.
South: emil sells, fay answers. lea leads the company, vic has no role, root is the admin."""
import uuid

import pytest

from dav import Server, card
from places import PEOPLE, People


@pytest.fixture(scope="session")
def server():
    one = Server(people=PEOPLE, settings=["crm.pause_deletes=10000"]).start()
    yield one
    one.remove()


@pytest.fixture(scope="session")
def people(server):
    return People(server)


@pytest.fixture
def uid():
    return str(uuid.uuid4())


@pytest.fixture
def lead(people, uid):
    """A lead of ann's, made on her phone; its name there is its UID's."""
    made = people.ann.put_card(f"/addressbooks/ann/leads/{uid}.vcf", card(uid, f"Lead {uid}"))
    assert made.status == 201, made.text
    return uid
