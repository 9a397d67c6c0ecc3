def test_by_another_process(own_server):
    ann = own_server.client("ann")
    assert ann.propfind("/calendars/ann/", "D:displayname").status == 207
    own_server.command("user", "passwd", "ann", "--password-stdin", stdin="new\n")
    assert ann.propfind("/calendars/ann/", "D:displayname").status == 401
    assert own_server.client("ann", "new").propfind("/calendars/ann/", "D:displayname").status == 207


def test_removed_users_are_out(own_server):
    ann = own_server.client("ann")
    assert ann.propfind("/calendars/ann/", "D:displayname").status == 207
    own_server.command("user", "remove", "ann")
    assert ann.propfind("/calendars/ann/", "D:displayname").status == 401


def test_roles_and_groups_change_at_once(own_server):
    ben = own_server.client("ben")
    assert ben.propfind("/calendars/ann/calendar/", "D:displayname").status == 404
    own_server.command("user", "change", "ben", "--role", "admin")
    assert ben.propfind("/calendars/ann/calendar/", "D:displayname").status == 207
    own_server.command("user", "change", "ben", "--role", "")
    assert ben.propfind("/calendars/ann/calendar/", "D:displayname").status == 404
    own_server.command("group", "add", "inner")
    own_server.command("group", "add", "outer")
    own_server.command("group", "member", "add", "outer", "inner")
    own_server.command("collection", "share", "ann/calendar", "outer", "read")
    own_server.command("group", "member", "add", "inner", "ben")
    assert ben.propfind("/calendars/ann/calendar/", "D:displayname").status == 207
    own_server.command("group", "member", "remove", "outer", "inner")
    assert ben.propfind("/calendars/ann/calendar/", "D:displayname").status == 404
