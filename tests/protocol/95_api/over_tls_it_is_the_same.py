"""The session's cookie is for HTTPS alone there, and live streams flow and end as without TLS."""
import json
import time

import pytest
import requests

from api import Api
from dav import event
from over_tls import Secure, trusting


@pytest.fixture
def secure(tmp_path):
    one = Secure(tmp_path).start()
    yield one
    one.remove()


@pytest.mark.filterwarnings("ignore::urllib3.exceptions.InsecureRequestWarning")
def test_cookie_and_stream(secure):
    api = trusting(Api(secure))
    reply = api.sign_in("ann", "ann-secret")
    assert reply.status == 200 and "; Secure" in reply.headers["Set-Cookie"]
    assert api("GET", "/me").json["name"] == "ann"
    stream = api.session.get(secure.url + "/api/v1/events", stream=True, timeout=20)
    lines = stream.iter_lines(decode_unicode=True)
    assert next(lines) == "retry: 3000"
    began = time.monotonic()
    done = requests.Session()
    done.trust_env = False
    answer = done.put(secure.url + "/calendars/ann/calendar/a.ics", data=event(), auth=("ann", "ann-secret"), verify=False,
                      headers={"Content-Type": "text/calendar"}, timeout=20)
    assert answer.status_code == 201
    data = next(line for line in lines if line.startswith("data: "))
    assert json.loads(data[6:])["noun"] == "meetings" and time.monotonic() - began < 2
    began = time.monotonic()
    secure.stop()
    assert list(lines) in ([], [""]) and time.monotonic() - began < 10
