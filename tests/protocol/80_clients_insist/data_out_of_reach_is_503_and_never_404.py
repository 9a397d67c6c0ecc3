"""While the data cannot be reached everything is 503: a 404, 403 or 401 would make clients give a calendar up."""
import dav


def break_data(server):
    if dav.POSTGRES:
        for sql in (f"ALTER DATABASE {server.database} WITH ALLOW_CONNECTIONS false",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                    f"'{server.database}'"):
            dav.postgres(sql)
        return
    for name in ("kontor.db", "kontor.db-wal"):
        path = server.data / name
        path.write_bytes(b"x" * path.stat().st_size)


def test_everything_is_503(own_server):
    path = "/calendars/ann/calendar/"
    ann = own_server.client("ann")
    assert ann.put_event(path + "a.ics", dav.event("a")).status == 201
    break_data(own_server)
    # Who was signed in, and who was not.
    for name in ("ann", "ben"):
        client = own_server.client(name)
        for _ in range(2):
            for answer in (client.propfind(f"/calendars/{name}/", "D:resourcetype"),
                           client.propfind(path, "CS:getctag", depth=1), client.sync(path),
                           client("GET", path + "a.ics"), client.put_event(path + "b.ics", dav.event("b")),
                           client("DELETE", path + "a.ics"), client("OPTIONS", path)):
                assert answer.status == 503, (name, answer.response.request.method, answer.text)
    assert own_server.client()("GET", "/readyz").status == 503
