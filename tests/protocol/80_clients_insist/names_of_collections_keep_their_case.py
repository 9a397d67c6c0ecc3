"""Collections are named by their makers, often by UUIDs in upper case: the case is kept, and tells apart."""
import uuid


def it_is_kept(ann):
    name = str(uuid.uuid4()).upper()
    assert ann("MKCALENDAR", f"/calendars/ann/{name}/").status == 201
    found = ann.propfind("/calendars/ann/", "D:resourcetype", depth=1).responses()
    assert f"/calendars/ann/{name}/" in found
    assert ann("MKCALENDAR", f"/calendars/ann/{name.lower()}/").status == 201
    assert ann("DELETE", f"/calendars/ann/{name}/").status == 204
    assert ann.propfind(f"/calendars/ann/{name.lower()}/", "D:resourcetype").status == 207
