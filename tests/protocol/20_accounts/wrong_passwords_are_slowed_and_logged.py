import re
import time

PATH = "/calendars/ann/"


def attempt(server, name, password):
    begun = time.monotonic()
    status = server.client(name, password).propfind(PATH, "D:displayname").status
    return status, time.monotonic() - begun


def test_the_delay_grows_and_nobody_is_locked_out(own_server):
    took = []
    for i in range(6):
        status, seconds = attempt(own_server, "ann", f"wrong{i}")
        assert status == 401
        took.append(seconds)
    assert took[5] > took[0] + 0.5
    status, seconds = attempt(own_server, "ann", "ann-secret")
    assert status == 207 and seconds < 8


def test_who_is_signed_in_does_not_wait(own_server):
    assert attempt(own_server, "ann", "ann-secret")[0] == 207
    waited = max(attempt(own_server, "ann", f"wrong{i}")[1] for i in range(6))
    assert attempt(own_server, "ann", "ann-secret")[1] < waited / 2


def test_others_do_not_wait(own_server):
    waited = max(attempt(own_server, "ann", f"wrong{i}")[1] for i in range(7))
    status, seconds = attempt(own_server, "carla", "carla-secret")
    assert status in (207, 404) and seconds < waited


def test_one_line_for_fail2ban(own_server):
    attempt(own_server, "ann", "wrong")
    attempt(own_server, 'x" peer="1.2.3.4', "wrong")
    lines = [line for line in own_server.log_text().splitlines() if "login_failed" in line]
    assert len(lines) == 2
    assert re.search(r'login_failed user="ann" peer="127\.0\.0\.1"$', lines[0])
    assert lines[1].endswith(' peer="127.0.0.1"') and "wrong" not in "".join(lines)
