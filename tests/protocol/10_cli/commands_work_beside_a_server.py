from dav import event


def test_a_new_user_can_sign_in_at_once(own_server):
    own_server.command("user", "add", "newbie", "--password-stdin", stdin="secret\n")
    assert own_server.client("newbie", "secret").propfind("/calendars/newbie/", "D:displayname").status == 207


def test_an_import_is_seen_by_sync(own_server):
    ann = own_server.client("ann")
    token = ann.sync("/calendars/ann/calendar/").sync_token()
    path = own_server.dir / "a.ics"
    path.write_text(event("uid-a"), newline="")
    own_server.command("import", "ann/calendar", str(path))
    assert list(ann.sync("/calendars/ann/calendar/", token).responses()) == ["/calendars/ann/calendar/a.ics"]


def test_fsck_and_reindex(own_server):
    path = own_server.dir / "a.ics"
    path.write_text(event("uid-a"), newline="")
    own_server.command("import", "ann/calendar", str(path))
    own_server.command("reindex")
    assert own_server.command("fsck").stdout == "Everything is in order.\n"
