"""A throwaway server for every run of the tests, and a client that says what it sends.

KONTOR_BINARY   the program (default: build/kontor)
KONTOR_TEST_PG  a libpq connection string of a server where databases can be made: tests run on
                PostgreSQL then, each server in a database of its own
"""
import atexit
import contextlib
import csv
import functools
import io
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import uuid
import xml.etree.ElementTree as ET

import requests

TOP = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("KONTOR_BINARY", str(TOP / "build" / "kontor"))
POSTGRES = os.environ.get("KONTOR_TEST_PG")


def sanitized():
    libraries = subprocess.run(["ldd", BINARY], capture_output=True, text=True, check=False).stdout
    return "libasan" in libraries or "libtsan" in libraries


# How many times longer than the program people run one with a sanitizer in it may take.
SLOWNESS = 10 if sanitized() else 1

PEOPLE = """kind,name,display_name,emails,password,roles,member_of,manager_of
group,sales,Sales,sales@example.com,,,,
group,staff,Staff,staff@example.com,,,,
user,ann,Ann Ahlers,ann@example.com;ann.ahlers@example.com,ann-secret,,sales,
user,ben,Ben Brandt,ben@example.com,ben-secret,,sales;staff,
user,carla,Carla Claas,carla@example.com,carla-secret,,,staff
user,root,The Admin,root@example.com,root-secret,admin,,
location,hall,Big Hall,hall@example.com,,,,
resource,beamer,Beamer,beamer@example.com,,,,
"""

NS = {
    "D": "DAV:",
    "C": "urn:ietf:params:xml:ns:caldav",
    "CR": "urn:ietf:params:xml:ns:carddav",
    "CS": "http://calendarserver.org/ns/",
    "A": "http://apple.com/ns/ical/",
}


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def postgres(statement, database="postgres"):
    """Does that to the test's PostgreSQL, or says why it was not done."""
    done = subprocess.run(["psql", f"{POSTGRES} dbname={database}", "-qc", statement],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{statement}: {done.stderr}")


class House:
    """A data directory and its database, and the commands that work on it."""

    def __init__(self, settings, like=None):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="kontor-test-"))
        self.data = self.dir / "data"
        self.settings = list(settings)
        self.database = None
        if POSTGRES:
            self.database = "kontor_" + uuid.uuid4().hex[:16]
            template = f" TEMPLATE {like.database}" if like else ""
            postgres(f"CREATE DATABASE {self.database}{template}")
            self.settings.append(f"store.postgres={POSTGRES} dbname={self.database}")
        if like:
            shutil.copytree(like.data, self.data)

    def sets(self):
        return [word for s in self.settings for word in ("--set", s)]

    def command(self, *words, check=True, stdin=None):
        """Runs a kontor command on this house's data."""
        done = subprocess.run(
            [BINARY, *words, "--data", str(self.data), *self.sets()],
            input=stdin, capture_output=True, text=True, timeout=400 * SLOWNESS, check=False)
        if check and done.returncode:
            raise AssertionError(f"kontor {' '.join(words)}: {done.returncode}\n{done.stderr}")
        return done

    def remove(self):
        if self.database:
            postgres(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
        shutil.rmtree(self.dir, ignore_errors=True)


@functools.lru_cache(maxsize=None)
def cheap_hash(password):
    return subprocess.run(["openssl", "passwd", "-5", "-stdin"], input=password, capture_output=True,
                          text=True, check=True).stdout.strip()


def with_hashes(people):
    """The same people with hashes that are checked in no time."""
    rows = list(csv.reader(people.splitlines()))
    at = rows[0].index("password")
    for row in rows[1:]:
        if row[at]:
            row[at] = "{CRYPT}" + cheap_hash(row[at])
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@functools.lru_cache(maxsize=None)
def pattern(settings, people, make, hashed):
    """A house as it was made and peopled, to be copied. Its people come with hashes of their
    passwords: ours cost more than most tests, when they are made and whenever one is checked."""
    house = House(settings)
    atexit.register(house.remove)
    house.command(make)
    if people:
        table = house.dir / "people.csv"
        table.write_text(with_hashes(people) if hashed else people, encoding="utf-8")
        house.command("principal", "import", str(table))
    return house


class Server(House):
    """One `kontor serve` on data of its own."""

    def __init__(self, settings=(), people=PEOPLE, make="init", host="127.0.0.1", hashed=True):
        super().__init__(settings, like=pattern(tuple(settings), people, make, hashed))
        if hashed and not any(s.startswith("login.renew_hashes=") for s in self.settings):
            self.settings.insert(0, "login.renew_hashes=no")  # cheap hashes are to stay so
        self.process = None
        # A test that failed before it could clean up leaves nobody who holds connections.
        atexit.register(self.stop, signal.SIGKILL)
        self.port = free_port()
        self.listen = f"{host}:{self.port}"
        self.url = f"http://{self.listen}"

    def start(self):
        self.log = open(self.dir / "log", "ab")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--data", str(self.data), "--listen", self.listen,
             *self.sets()], stdout=self.log, stderr=self.log)
        for _ in range(600):
            if self.process.poll() is not None:
                raise AssertionError("the server ended: " + self.log_text())
            try:
                if requests.get(self.url + "/readyz", timeout=5).status_code == 200:
                    return self
            except requests.ConnectionError:
                pass
            time.sleep(0.05)
        self.stop(signal.SIGKILL)
        raise AssertionError("the server does not answer: " + self.log_text())

    def stop(self, how=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise AssertionError("the server did not stop")
        self.process = None

    def log_text(self):
        return (self.dir / "log").read_text(errors="replace")

    def remove(self):
        self.stop()
        super().remove()

    def sql(self, statement):
        """Does to the database what no command does: damage."""
        if self.database:
            postgres(statement, self.database)
        else:
            with contextlib.closing(sqlite3.connect(self.data / "kontor.db")) as db, db:
                db.execute(statement)

    def client(self, name=None, password=None):
        return Client(self.url, name, password or (name and name + "-secret"))


class Answer:
    """A response, and what DAV says in it."""

    def __init__(self, response):
        self.response = response
        self.status = response.status_code
        self.headers = response.headers
        self.body = response.content
        self.text = response.text

    @property
    def etag(self):
        return self.headers.get("ETag")

    @property
    def xml(self):
        return ET.fromstring(self.body)

    def condition(self):
        """The element inside DAV:error, as 'C:valid-calendar-data'."""
        root = self.xml
        assert root.tag == "{DAV:}error", root.tag
        return short(root[0].tag)

    def responses(self):
        """{href: {"status": n or None, "props": {name: element}, "missing": {name: status}}}"""
        found = {}
        for r in self.xml.findall("D:response", NS):
            entry = {"status": None, "props": {}, "missing": {}, "xml": r}
            status = r.find("D:status", NS)
            if status is not None:
                entry["status"] = int(status.text.split()[1])
            for ps in r.findall("D:propstat", NS):
                code = int(ps.find("D:status", NS).text.split()[1])
                for prop in ps.find("D:prop", NS):
                    if code == 200:
                        entry["props"][short(prop.tag)] = prop
                    else:
                        entry["missing"][short(prop.tag)] = code
            for href in r.findall("D:href", NS):
                found[href.text] = entry
        return found

    def sync_token(self):
        return self.xml.find("D:sync-token", NS).text


def short(tag):
    for prefix, uri in NS.items():
        if tag.startswith("{" + uri + "}"):
            return prefix + ":" + tag[len(uri) + 2:]
    return tag


class Client:
    def __init__(self, url, name, password):
        self.url = url
        self.name = name
        self.session = requests.Session()
        self.session.trust_env = False
        if name:
            self.session.auth = (name.encode(), password.encode())

    def __call__(self, method, path, body=None, **headers):
        """client("PUT", "/calendars/ann/calendar/a.ics", text, If_None_Match="*")"""
        if isinstance(body, str):
            body = body.encode()
        sent = {k.replace("_", "-"): v for k, v in headers.items()}
        return Answer(self.session.request(
            method, self.url + path, data=body, headers=sent, allow_redirects=False, timeout=60))

    def propfind(self, path, *names, depth=0, **headers):
        props = "".join(f"<{n}/>" for n in names)
        return self("PROPFIND", path, xml_doc("D:propfind", f"<D:prop>{props}</D:prop>"),
                    Depth=str(depth), Content_Type="application/xml", **headers)

    def report(self, path, body, depth=1, **headers):
        return self("REPORT", path, body, Depth=str(depth), Content_Type="application/xml", **headers)

    def sync(self, path, token="", props="<D:getetag/>", limit=None, level="1"):
        wanted = f"<D:limit><D:nresults>{limit}</D:nresults></D:limit>" if limit else ""
        return self.report(path, xml_doc(
            "D:sync-collection", f"<D:sync-token>{token}</D:sync-token>"
            f"<D:sync-level>{level}</D:sync-level>{wanted}<D:prop>{props}</D:prop>"), depth=0)

    def put_event(self, path, body, **headers):
        return self("PUT", path, body, Content_Type="text/calendar; charset=utf-8", **headers)

    def put_card(self, path, body, **headers):
        return self("PUT", path, body, Content_Type="text/vcard; charset=utf-8", **headers)


def xml_doc(root, inside):
    spaces = " ".join(f'xmlns:{p}="{u}"' for p, u in NS.items())
    return f'<?xml version="1.0" encoding="utf-8"?><{root} {spaces}>{inside}</{root}>'


def event(uid="uid-1", start="20261124T090000Z", end="20261124T100000Z", summary="Meeting", extra=""):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VEVENT\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART:{start}\r\nDTEND:{end}\r\n"
            f"SUMMARY:{summary}\r\n{extra}END:VEVENT\r\nEND:VCALENDAR\r\n")


def todo(uid="todo-1", summary="Do it", extra=""):
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Test//EN\r\nBEGIN:VTODO\r\n"
            f"UID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:{summary}\r\n{extra}"
            "END:VTODO\r\nEND:VCALENDAR\r\n")


def card(uid="card-1", fn="Karl Kunde", extra="", version="3.0"):
    return (f"BEGIN:VCARD\r\nVERSION:{version}\r\nUID:{uid}\r\nFN:{fn}\r\nN:{fn};;;;\r\n"
            f"{extra}END:VCARD\r\n")
