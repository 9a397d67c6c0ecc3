"""What waited when the backup was made may have left since: it waits until somebody says so."""
import time
import uuid

from dav import POSTGRES, free_port, postgres
from postbox import Postbox, until


def put_back(desk, backup):
    desk.stop()
    if POSTGRES:
        new = "kontor_" + uuid.uuid4().hex[:16]
        postgres(f"CREATE DATABASE {new}")
        postgres(f"DROP DATABASE {desk.database}")
        desk.settings[-1] = f"store.postgres={POSTGRES} dbname={new}"
        desk.database = new
        desk.command("restore", backup)
    else:
        desk.command("restore", backup, "--replace")


def states(desk):
    return [line.split("\t")[1] for line in desk.command("mail", "list", "--all").stdout.splitlines()]


def test_it(desks, tmp_path):
    box = Postbox(tmp_path, port=free_port())
    desk = desks(*box.settings())
    case = desk.write()
    notes = [desk.answer(case, "One"), desk.answer(case, "Two"), desk.answer(case, "Three")]
    backup = str(desk.dir / "b.backup")
    desk.command("backup", backup)
    box.start()
    try:
        box.wait(3)
        put_back(desk, backup)
        desk.begin()
        assert states(desk) == ["held"] * 3
        time.sleep(2.5)
        assert len(box.mails) == 3, "nothing was sent again"
        assert [desk.note(note)["mail"] for note in notes] == ["queued"] * 3
        first = desk.command("mail", "list").stdout.split("\t")[0]
        assert desk.command("mail", "drop", first).stdout == "1\n"
        until(lambda: desk.note(notes[0])["mail"] == "failed")
        assert desk.note(notes[0])["mail_reason"] == "Dropped by an administrator"
        assert desk.command("mail", "retry", "--held").stdout == "2\n"
        until(lambda: [desk.note(note)["mail"] for note in notes] == ["failed", "sent", "sent"])
        assert sorted(mail.text for mail in box.mails[3:]) == ["Three", "Two"]
        assert states(desk) == ["given-up", "sent", "sent"]
        assert desk.command("fsck").returncode == 0
    finally:
        box.stop()


def test_the_command_says_what_it_wants(desk):
    for words in (["mail"], ["mail", "dance"], ["mail", "retry"], ["mail", "retry", "x"], ["mail", "list", "x"],
                  ["mail", "drop", "--held", "7"]):
        assert desk.command(*words, check=False).returncode == 2, words
    done = desk.command("mail", "retry", "999999", check=False)
    assert done.returncode == 1 and "there is no mail 999999" in done.stderr
