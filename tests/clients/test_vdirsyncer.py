"""vdirsyncer keeps a folder and the server the same, both ways; khal, khard and todoman read it."""
import uuid

import pytest

import helpers
from dav import card, event, todo, xml_doc

MKBOOK = xml_doc("D:mkcol", "<D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/>"
                 "</D:resourcetype></D:prop></D:set>")


@pytest.fixture
def pair(server, ann, tmp_path):
    """A calendar and an address book, synchronised with folders."""
    helpers.tool("vdirsyncer")
    name = str(uuid.uuid4())
    assert ann("MKCALENDAR", f"/calendars/ann/{name}/").status == 201
    assert ann("MKCOL", f"/addressbooks/ann/{name}/", MKBOOK,
               Content_Type="application/xml").status == 201
    config = helpers.vdirsyncer_config(
        tmp_path, server.url,
        [("cal", "caldav", ".ics", name), ("book", "carddav", ".vcf", name)])
    ann.put_event(f"/calendars/ann/{name}/a.ics", event(uid="from-there", summary="Breakfast"))
    ann.put_card(f"/addressbooks/ann/{name}/a.vcf", card(uid="card-there", fn="Clara Kundin"))
    helpers.vdirsyncer(tmp_path, config, "discover")
    helpers.vdirsyncer(tmp_path, config, "sync")
    return tmp_path, config, name


def folder(pair, kind):
    return pair[0] / kind / pair[2]


def test_vdirsyncer_fetches(pair):
    texts = [p.read_bytes().decode() for p in folder(pair, "cal").glob("*.ics")]
    assert len(texts) == 1 and "UID:from-there" in texts[0]
    texts = [p.read_bytes().decode() for p in folder(pair, "book").glob("*.vcf")]
    assert len(texts) == 1 and "Clara Kundin" in texts[0]


def test_vdirsyncer_sends_changes_and_deletions(pair, ann):
    home, config, name = pair
    path = f"/calendars/ann/{name}/"
    (folder(pair, "cal") / "b.ics").write_bytes(event(uid="from-here", summary="Lunch").encode())
    helpers.vdirsyncer(home, config, "sync")
    items = [ann("GET", h).text for h in ann.sync(path).responses()]
    assert sorted("from-here" in text for text in items) == [False, True]

    mine = folder(pair, "cal") / "b.ics"
    mine.write_bytes(event(uid="from-here", summary="Late lunch").encode())
    helpers.vdirsyncer(home, config, "sync")
    assert any("Late lunch" in ann("GET", h).text for h in ann.sync(path).responses())

    mine.unlink()
    assert ann("DELETE", path + "a.ics").status == 204
    # Another item stays, so that neither side looks emptied by accident.
    ann.put_event(path + "c.ics", event(uid="stays"))
    helpers.vdirsyncer(home, config, "sync")
    assert list(ann.sync(path).responses()) == [path + "c.ics"]
    assert len(list(folder(pair, "cal").glob("*.ics"))) == 1


def test_khal_shows_the_calendar(pair):
    home = pair[0]
    config = home / "khal.conf"
    config.write_text(f"[calendars]\n[[one]]\npath = {folder(pair, 'cal')}\n"
                      "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
                      "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
                      "longdatetimeformat = %Y-%m-%d %H:%M\nlocal_timezone = UTC\n"
                      "default_timezone = UTC\n")
    done = helpers.run([helpers.tool("khal"), "-c", config, "list", "2026-11-24", "2026-11-25"],
                       home)
    assert "Breakfast" in done.stdout


def test_khard_shows_the_book(pair):
    home = pair[0]
    config = home / "khard.conf"
    config.write_text(f"[addressbooks]\n[[one]]\npath = {folder(pair, 'book')}\n"
                      "[general]\neditor = true\nmerge_editor = true\n")
    done = helpers.run([helpers.tool("khard"), "-c", config, "list"], home)
    assert "Clara Kundin" in done.stdout


def test_todoman_adds_a_task(pair, ann):
    home, vdir_config, name = pair
    config = home / "todoman.py"
    config.write_text(f'path = "{home}/cal/*"\ndate_format = "%Y-%m-%d"\ntime_format = "%H:%M"\n')
    ann.put_event(f"/calendars/ann/{name}/t.ics", todo(uid="task-there", summary="Call Karl"))
    helpers.vdirsyncer(home, vdir_config, "sync")
    program = helpers.tool("todoman")
    assert "Call Karl" in helpers.run([program, "--config", config, "list"], home).stdout
    helpers.run([program, "--config", config, "new", "--list", name, "Write to Klara"], home)
    helpers.vdirsyncer(home, vdir_config, "sync")
    items = [ann("GET", h).text for h in ann.sync(f"/calendars/ann/{name}/").responses()]
    assert any("Write to Klara" in text for text in items)
