"""A user whose name is a mail address: principal, home and events are found with `@` and `%40`, and told in one form."""
from dav import event


def test_it_is_found(own_server):
    own_server.command("user", "add", "eve@example.com", "--display-name", "Eve", "--password-stdin", stdin="eve-secret\n")
    eve = own_server.client("eve@example.com", "eve-secret")
    answer = eve.propfind("/", "D:current-user-principal")
    me = answer.responses()["/"]["props"]["D:current-user-principal"][0].text
    assert me == "/principals/users/eve@example.com/"
    home = eve.propfind(me, "C:calendar-home-set").responses()[me]["props"]["C:calendar-home-set"][0].text
    assert home == "/calendars/eve@example.com/"
    for form in ("@", "%40"):
        path = home.replace("@", form) + "calendar/"
        assert eve.put_event(path + "a.ics", event("a")).status in (201, 204)
        found = eve.propfind(path, "D:getetag", depth=1).responses()
        assert list(found) == [home + "calendar/", home + "calendar/a.ics"]
        assert list(eve.sync(path).responses()) == [home + "calendar/a.ics"]
