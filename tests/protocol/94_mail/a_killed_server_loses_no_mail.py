"""What was acknowledged leaves, whenever the server dies: once, but for a death between the mail server's 250 and our mark."""
import signal

from dav import free_port
from postbox import Postbox, until


def test_killed_before_it_was_sent(desks, tmp_path):
    box = Postbox(tmp_path, port=free_port())
    desk = desks(*box.settings())
    case = desk.write()
    notes = [desk.answer(case, f"Answer {i}") for i in range(5)]
    desk.stop(signal.SIGKILL)
    box.start()
    try:
        desk.begin()
        until(lambda: all(desk.note(note)["mail"] == "sent" for note in notes))
        assert sorted(mail.text for mail in box.mails) == [f"Answer {i}" for i in range(5)]
    finally:
        box.stop()


def test_killed_while_it_was_sent(desks, box):
    desk = desks(*box.settings(timeout="2s"))
    case = desk.write()
    box.held.clear()
    note = desk.answer(case)
    box.wait()  # taken, but its 250 is on its way for ever
    desk.stop(signal.SIGKILL)
    box.held.set()
    desk.begin()
    assert desk.note(note)["mail"] == "queued", "nobody told us"
    assert desk.command("mail", "list").stdout.split("\t")[1] == "sending"
    until(lambda: desk.note(note)["mail"] == "sent")
    first, second = box.mails
    assert first.data == second.data, "the same mail, by its Message-ID too"


def test_told_to_stop_it_ends_what_it_began(desk, box):
    case = desk.write()
    box.held.clear()
    note = desk.answer(case)
    box.wait()
    desk.process.send_signal(signal.SIGTERM)
    box.held.set()
    desk.process.wait(40)
    desk.begin()
    assert desk.note(note)["mail"] == "sent"
    assert len(box.mails) == 1
