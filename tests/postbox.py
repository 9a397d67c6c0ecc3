"""A mail server for tests: aiosmtpd, which takes what Kontor sends, or answers what a test wants.

    box = Postbox(folder)                STARTTLS, with a certificate that box.settings() trust
    box.answers = ["451 4.3.0 Later"]    what DATA is answered, one after the other; then 250
    box.mails                            what was taken: Mail(sender, recipients, message, data)
"""
import asyncio
import email
import email.policy
import ssl
import subprocess
import threading
import time
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from dav import SLOWNESS, free_port

USER, PASSWORD = "kontor", "post-secret"


def certificate(folder, name="localhost", *, address="IP:127.0.0.1"):
    """(certificate, key): signed by itself, for that name."""
    files = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "9", "-subj", f"/CN={name}", "-addext", f"subjectAltName={address}", "-keyout", str(files[1]),
                    "-out", str(files[0])], check=True, capture_output=True)
    return files


class Mail:
    def __init__(self, envelope, session, tls):
        self.sender = envelope.mail_from
        self.recipients = list(envelope.rcpt_tos)
        self.data = envelope.original_content
        self.message = email.message_from_bytes(self.data, policy=email.policy.default)
        self.tls = tls == "smtps" or session.ssl is not None
        self.login = session.auth_data
        self.utf8 = envelope.smtp_utf8

    @property
    def text(self):
        return self.message.get_content().replace("\r\n", "\n").rstrip("\n")


class Postbox:
    def __init__(self, folder, tls="starttls", login=False, cert=None, port=None, utf8=False):
        self.tls, self.login, self.utf8 = tls, login, utf8
        self.port = port or free_port()
        self.mails, self.tries = [], 0
        self.answers, self.recipients = [], {}  # of DATA; of RCPT, by address
        self.held = threading.Event()           # while it is not set, DATA waits for its answer
        self.held.set()
        self.cert, key = cert or certificate(folder)
        self.password = folder / "password"
        self.password.write_text(PASSWORD + "\n", encoding="utf-8")
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.cert, key)
        self.controller = None

    def start(self):
        more = {}
        if self.tls == "starttls":
            more |= {"tls_context": self.context, "require_starttls": True}
        if self.login:
            more |= {"authenticator": self.sign_in, "auth_required": True, "auth_require_tls": self.tls == "starttls"}
        # That there is no TLS is what such a test is about.
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
        self.controller = Controller(
            self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=self.utf8, **more,
            ssl_context=self.context if self.tls == "smtps" else None)
        self.controller.start()
        return self

    def stop(self):
        if self.controller:
            self.controller.stop(no_assert=True)
        self.controller = None

    def sign_in(self, server, session, envelope, mechanism, data):
        good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=good, auth_data=data.login if good else None)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.recipients:
            self.tries += 1
            return self.recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server, session, envelope):
        self.tries += 1
        answer = self.answers.pop(0) if self.answers else "250 2.0.0 Taken"
        if answer.startswith("250"):
            self.mails.append(Mail(envelope, session, self.tls))
        while not self.held.is_set():
            await asyncio.sleep(0.02)
        return answer

    def settings(self, **more):
        """Of a server that sends its mail here, quickly."""
        scheme = "smtps" if self.tls == "smtps" else "smtp"
        values = {"smtp": f"{scheme}://127.0.0.1:{self.port}", "ca": self.cert, "retry": "1s", "timeout": "5s",
                  "per_minute": 6000}
        if self.tls == "none":
            values["starttls"] = "no"
        if self.login:
            values |= {"user": USER, "password_file": self.password}
        return [f"mail.{key}={value}" for key, value in (values | more).items()]

    def wait(self, number=1, seconds=15):
        """The mails, as soon as there are so many."""
        return until(lambda: len(self.mails) >= number and self.mails, seconds)


def until(true, seconds=15):
    """What the question answers, as soon as that is something."""
    deadline = time.monotonic() + seconds * SLOWNESS
    while True:
        found = true()
        if found:
            return found
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)
