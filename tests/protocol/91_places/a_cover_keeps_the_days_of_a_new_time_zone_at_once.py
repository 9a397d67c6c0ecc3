"""Who stands in for a day does so by the company's clock, also when that is set to another zone while the server runs."""
import datetime
import signal
import time
import zoneinfo

import pytest

from api import Api
from dav import SLOWNESS, Server, card
from places import PEOPLE

# They never have the same date.
EAST, WEST = "Pacific/Kiritimati", "Etc/GMT+12"


@pytest.fixture
def office():
    one = Server(people=PEOPLE)
    config, settings = one.dir / "kontor.conf", list(one.settings)

    def zone(name):
        sections = {}
        for setting in [*settings, f"crm.time_zone={name}"]:
            key, value = setting.split("=", 1)
            section, key = key.split(".")
            sections.setdefault(section, []).append(f"{key} = {value}\n")
        config.write_text("".join(f"[{s}]\n" + "".join(lines) for s, lines in sections.items()))
        if one.process:
            one.process.send_signal(signal.SIGHUP)

    one.zone = zone
    one.sets = lambda: ["--config", str(config)]
    zone(WEST)
    yield one.start()
    one.remove()


def seen(office):
    answer = office.client("dora").propfind("/addressbooks/dora/leads/", "D:getetag", depth=1)
    return any("moved.vcf" in href for href in answer.responses())


def becomes(true, question):
    deadline = time.monotonic() + 10 * SLOWNESS
    while question() != true:
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)


def test_it_begins_and_ends_with_the_date_there(office):
    assert office.client("ann").put_card("/addressbooks/ann/leads/moved.vcf", card("moved", "Nora Neu")).status == 201
    root = Api(office, "root")
    ids = {user["name"]: user["id"] for user in root("GET", "/users").json["items"]}
    today = datetime.datetime.now(zoneinfo.ZoneInfo(EAST)).date()
    row = {"absent": ids["ann"], "cover": ids["dora"], "from": today.isoformat(), "to": (today + datetime.timedelta(1)).isoformat()}
    assert root("POST", "/covers", row).status == 201
    time.sleep(1)
    assert not seen(office)
    office.zone(EAST)
    becomes(True, lambda: seen(office))
    office.zone(WEST)
    becomes(False, lambda: seen(office))
