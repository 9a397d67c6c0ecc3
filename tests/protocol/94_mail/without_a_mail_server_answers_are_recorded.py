"""mail.smtp is empty unless somebody sets it: then public answers stay here, and the API says so."""
import signal

from api import Api
from postbox import until


def test_it(desks):
    desk = desks()
    assert desk.sina.me["company"]["mail"] is False
    case = desk.write()
    note = desk.note(desk.answer(case, "Try again"))
    assert note["direction"] == "out" and note["text"] == "Try again" and "mail" not in note
    assert desk.sina("GET", f"/cases/{case}").json["first_responded_at"]
    assert not desk.command("mail", "list", "--all").stdout


def test_a_hangup_switches_it_on_and_off(desks, box):
    desk = desks()
    config = desk.dir / "kontor.conf"
    words = desk.settings
    desk.settings = []

    def say(settings):
        sections = {}
        for setting in settings:
            key, value = setting.split("=", 1)
            section, key = key.split(".")
            sections.setdefault(section, []).append(f"{key} = {value}")
        config.write_text("".join(f"[{s}]\n" + "\n".join(lines) + "\n" for s, lines in sections.items()))
    say(words)
    desk.stop()
    desk.settings = []
    desk.sets = lambda: ["--config", str(config)]
    desk.begin()
    assert desk.sina.me["company"]["mail"] is False
    say([*words, *box.settings()])
    desk.process.send_signal(signal.SIGHUP)
    until(lambda: Api(desk, "sina").me["company"]["mail"])
    case = desk.write()
    desk.answer(case)
    box.wait()
    say(words)
    desk.process.send_signal(signal.SIGHUP)
    until(lambda: not Api(desk, "sina").me["company"]["mail"])
    assert "mail" not in desk.note(desk.answer(case))
