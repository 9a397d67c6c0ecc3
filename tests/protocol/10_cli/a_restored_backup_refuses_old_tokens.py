"""Whatever has put back an older state: no sync token and no ETag of the time after it holds."""
import shutil
import uuid

import pytest

from dav import POSTGRES, event, postgres

CALENDAR = "/calendars/ann/calendar/"


def other_database(server, made_by="CREATE DATABASE {new}"):
    """PostgreSQL restores into an empty database; the old one stays as it was."""
    new, old = "kontor_" + uuid.uuid4().hex[:16], server.database
    postgres(made_by.format(new=new, old=old))
    return new


def move_to(server, database):
    postgres(f"DROP DATABASE {server.database}")
    server.settings[-1] = f"store.postgres={POSTGRES} dbname={database}"
    server.database = database


def refused(server, *words):
    done = server.command(*words, check=False)
    assert done.returncode == 1, done.stdout
    return done.stderr


def assert_history_is_new(ann, token, etag):
    answer = ann.sync(CALENDAR, token)
    assert answer.status == 403 and answer.condition() == "D:valid-sync-token"
    assert ann("GET", CALENDAR + "b.ics").status == 404
    assert ann("GET", CALENDAR + "a.ics").status == 200
    assert ann.put_event(CALENDAR + "b.ics", event("b")).status == 201
    assert ann("GET", CALENDAR + "b.ics").etag != etag


def test_a_backup_is_made_while_serving_and_put_back(own_server):
    backup = str(own_server.dir / "b.backup")
    ann = own_server.client("ann")
    ann.put_event(CALENDAR + "a.ics", event("a"))
    own_server.command("backup", backup)
    assert "is there already" in refused(own_server, "backup", backup)
    ann.put_event(CALENDAR + "b.ics", event("b"))
    token = ann.sync(CALENDAR).sync_token()
    etag = ann("GET", CALENDAR + "b.ics").etag
    if POSTGRES:
        assert "make an empty one" in refused(own_server, "restore", backup, "--replace")
        own_server.stop()
        move_to(own_server, other_database(own_server))
        own_server.command("restore", backup)
    else:
        assert "in use" in refused(own_server, "restore", backup, "--replace")
        own_server.stop()
        assert "there is a database" in refused(own_server, "restore", backup)
        own_server.command("restore", backup, "--replace")
    own_server.start()
    assert_history_is_new(ann, token, etag)


def test_what_something_else_has_put_back_is_renewed(own_server):
    ann = own_server.client("ann")
    ann.put_event(CALENDAR + "a.ics", event("a"))
    own_server.stop()
    if POSTGRES:
        copy = other_database(own_server, "CREATE DATABASE {new} TEMPLATE {old}")
    else:
        copy = shutil.copy(own_server.data / "kontor.db", own_server.dir / "copy")
    own_server.start()
    ann.put_event(CALENDAR + "b.ics", event("b"))
    token = ann.sync(CALENDAR).sync_token()
    etag = ann("GET", CALENDAR + "b.ics").etag
    own_server.stop()
    if POSTGRES:
        move_to(own_server, copy)
    else:
        shutil.copy(copy, own_server.data / "kontor.db")
    assert "Renewed" in own_server.command("restore", "--renew").stdout
    own_server.start()
    assert_history_is_new(ann, token, etag)


@pytest.mark.parametrize("content", [b"", b"no backup at all"])
def test_something_else_is_not_restored(house, content):
    backup = house.dir / "b.backup"
    backup.write_bytes(content)
    if POSTGRES:
        move_to(house, other_database(house))
    refused(house, "restore", str(backup), "--replace")


@pytest.mark.skipif(not POSTGRES, reason="SQLite has no password")
def test_the_password_of_the_database_is_not_in_the_arguments(own_server, tmp_path, monkeypatch):
    """Everybody on the machine can read what a process is called with."""
    seen = tmp_path / "seen"
    (tmp_path / "pg_dump").write_text(f'#!/bin/sh\necho "$* / $PGPASSWORD" >{seen}\nexit 1\n')
    (tmp_path / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    own_server.settings[-1] += " password=secret"
    refused(own_server, "backup", str(tmp_path / "backup"))
    arguments, password = seen.read_text().strip().split(" / ")
    assert "secret" not in arguments and password == "secret"
