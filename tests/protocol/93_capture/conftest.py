"""A server that takes mail: cases for support@example.com, leads for sales@example.com."""
import email.message
import uuid

import pytest

from dav import Server, free_port

SETTINGS = ("capture.support=support@example.com", "capture.leads=sales@example.com info@example.com")


def message(sender, to, subject, text, **headers):
    one = email.message.EmailMessage()
    one["From"] = sender
    one["To"] = to
    one["Subject"] = subject
    one["Message-ID"] = headers.pop("Message_ID", f"<{uuid.uuid4()}@mail.example>")
    for name, value in headers.items():
        one[name.replace("_", "-")] = value
    one.set_content(text)
    return one


class Mailed(Server):
    """With shorthands for what came of a mail."""

    def capture(self, mail, *words, check=True):
        done = self.command("capture", *words, stdin=mail.as_string(), check=check)
        return done.stdout.strip() if check else done

    def bodies(self, path):
        """What is in a collection of the company, as the admin's client reads it."""
        root = self.client("root")
        answer = root.propfind(path, "D:getetag", depth=1)
        assert answer.status == 207, answer.text
        return [root("GET", href).text for href in answer.responses() if not href.endswith("/")]

    def cases(self):
        return self.bodies("/calendars/company/cases/")

    def leads(self):
        return self.bodies("/addressbooks/company/leads/")

    def notes(self):
        return self.bodies("/calendars/company/journal/")


@pytest.fixture
def mailed():
    one = Mailed(SETTINGS).start()
    yield one
    one.remove()


@pytest.fixture
def lmtp():
    port = free_port()
    one = Mailed((*SETTINGS, f"capture.lmtp=127.0.0.1:{port}", "capture.max_mail=20K")).start()
    one.lmtp = port
    yield one
    one.remove()
