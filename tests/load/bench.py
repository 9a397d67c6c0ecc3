#!/usr/bin/python3
"""Measures a built server beside Radicale, Xandikos and a constant answer: `make bench`.

    bench.py KONTOR BENCH_HTTP BENCH_CONSTANT [--objects N] [--runs N] [--seconds S] [--no-peers | --only NAME]

Each server gets the same 10,000 events and 10,000 cards. Kontor is asked over 1, 8 and 64 connections,
each figure the median of the runs; the others, which answer with one thread at a time, once over 1."""
import argparse
import base64
import http.client
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
TICK = os.sysconf("SC_CLK_TCK")
NS = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:CR="urn:ietf:params:xml:ns:carddav" ' \
     'xmlns:CS="http://calendarserver.org/ns/"'
CHANGED, WRITES, PEER_WRITES, PEER_LIMIT = 10, 1000, 40, 15
MONTH = 'start="20260601T000000Z" end="20260701T000000Z"'
QUARTER = 'start="20260601T000000Z" end="20260901T000000Z"'


def event(n):
    """971 bytes. In any month some 300 single ones, 100 weekly and 40 daily ones."""
    day = n * 7 % 1020
    month, rule = day // 28, ""
    if n % 100 == 0:
        rule = "RRULE:FREQ=WEEKLY\r\n"
    elif n % 250 == 1:
        rule = "RRULE:FREQ=DAILY\r\n"
    # What recurs does so from the first year on.
    year, of_year = (2025, month % 12) if rule else (2025 + month // 12, month % 12)
    start = f"{year}{of_year + 1:02}{day % 28 + 1:02}T{8 + n % 9:02}"
    text = ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//bench//EN\r\nBEGIN:VEVENT\r\n"
            f"UID:event-{n}@example.com\r\nDTSTAMP:20250101T000000Z\r\nDTSTART:{start}0000Z\r\n"
            f"DTEND:{start}3000Z\r\n{rule}SUMMARY:Meeting {n}\r\nLOCATION:Room {n % 40}\r\n")
    end = "END:VEVENT\r\nEND:VCALENDAR\r\n"
    while len(text) + len(end) + 80 < 971:
        text += "X-NOTE:" + "what was agreed on " * 3 + "\r\n"
    return (text + "X-FILL:" + "x" * (971 - len(text) - len(end) - 9) + "\r\n" + end).encode()


def card(n):
    return (f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-{n}\r\nFN:Person {n} Surname{n % 997}\r\n"
            f"N:Surname{n % 997};Person {n};;;\r\nEMAIL;TYPE=WORK:person{n}@example.com\r\n"
            f"TEL;TYPE=CELL:+49 30 {1000000 + n}\r\nORG:Company {n % 300}\r\n"
            f"ADR;TYPE=WORK:;;Street {n % 90};Town;;{10000 + n};Country\r\n"
            "NOTE:met at a fair\\, wants to be called again\r\nEND:VCARD\r\n").encode()


class Server:
    """A server under load: a process, and where its two collections are."""
    name, auth, peer = "", "", True
    calendar = contacts = ""
    process = port = None

    def __init__(self, directory):
        self.dir = directory / self.name
        self.dir.mkdir()
        self.log = open(self.dir / "log", "ab")

    def run(self, *words):
        self.process = subprocess.Popen(words, stdout=self.log, stderr=self.log)

    def ready(self, path="/"):
        began = time.monotonic()
        while time.monotonic() - began < 30:
            if self.process.poll() is not None:
                break
            try:
                self.ask("GET", path)
                return time.monotonic() - began
            except OSError:
                time.sleep(0.005)
        raise SystemExit(f"{self.name} does not start: " + (self.dir / "log").read_text()[-2000:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def ask(self, method, path, body=b"", timeout=150, **headers):
        """One request outside the measurement: (status, body)."""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            c.putrequest(method, path)
            for line in self.headers(body, headers):
                c.putheader(*line)
            c.endheaders(body or None)
            answer = c.getresponse()
            return answer.status, answer.read()
        finally:
            c.close()

    def headers(self, body, more):
        lines = [("Content-Length", str(len(body)))] if body else []
        if self.auth:
            lines.append(("Authorization", "Basic " + base64.b64encode(self.auth.encode()).decode()))
        return lines + [(k.replace("_", "-"), v) for k, v in more.items()]

    def request(self, method, path, body=b"", **headers):
        """The bytes of a request, for the load."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}"]
        lines += [f"{k}: {v}" for k, v in self.headers(body, headers)]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body

    def cpu(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def pss(self):
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) / 1024

    def disk(self):
        words = subprocess.run(["du", "-s", "-B1", self.data()], capture_output=True, text=True, check=True)
        return int(words.stdout.split()[0])

    def data(self):
        return str(self.dir / "data")


class Kontor(Server):
    name, auth, peer = "kontor", "ann:ann-secret", False
    calendar, contacts = "/calendars/ann/calendar/", "/addressbooks/ann/contacts/"

    def start(self):
        if not os.path.isdir(self.data()):
            subprocess.run([ARGS.kontor, "init", "--data", self.data()], check=True, stdout=self.log)
            subprocess.run([ARGS.kontor, "user", "add", "ann", "--password-stdin", "--data", self.data()],
                           input="ann-secret\n", text=True, check=True, stdout=self.log)
        self.run(ARGS.kontor, "serve", "--data", self.data(), "--listen", f"127.0.0.1:{self.port}")
        return self.ready("/readyz")


class Radicale(Server):
    name, auth = "radicale", "ann:any"
    calendar, contacts = "/ann/calendar/", "/ann/contacts/"
    # Otherwise filling its cache alone takes minutes.
    WITHOUT_FSYNC = ("import os, runpy, shutil; os.fsync = lambda fd: None; "
                     "runpy.run_path(shutil.which('radicale'), run_name='__main__')")

    def start(self):
        (self.dir / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n[auth]\ntype = none\n"
            f"[storage]\nfilesystem_folder = {self.data()}\n[logging]\nlevel = error\n")
        self.run("/usr/bin/python3", "-c", self.WITHOUT_FSYNC, "--config", str(self.dir / "config"))
        return self.ready()

    def seed(self, events, cards):
        root = pathlib.Path(self.data(), "collection-root", "ann")
        for kind, tag, bodies, end in (("calendar", "VCALENDAR", events, ".ics"),
                                       ("contacts", "VADDRESSBOOK", cards, ".vcf")):
            (root / kind).mkdir(parents=True)
            (root / kind / ".Radicale.props").write_text('{"tag": "%s"}' % tag)
            for n, body in enumerate(bodies):
                (root / kind / f"{n}{end}").write_bytes(body)


class Xandikos(Server):
    name = "xandikos"
    calendar, contacts = "/user/calendars/calendar/", "/user/contacts/addressbook/"

    def start(self):
        self.run("xandikos", "-d", self.data(), "--defaults", "-l", "127.0.0.1", "-p", str(self.port))
        return self.ready()

    def seed(self, events, cards):
        for path, bodies, end in ((self.calendar, events, ".ics"), (self.contacts, cards, ".vcf")):
            repo = self.data() + path
            stream = b"commit refs/heads/master\ncommitter a <a@example.com> 1700000000 +0000\ndata 1\ns\n"
            if subprocess.run(["git", "-C", repo, "rev-parse", "-q", "--verify", "master"],
                              capture_output=True, check=False).returncode == 0:
                stream += b"from refs/heads/master^0\n"
            stream += b"".join(b"M 100644 inline %d%s\ndata %d\n%s\n" % (n, end.encode(), len(body), body)
                               for n, body in enumerate(bodies))
            subprocess.run(["git", "-C", repo, "fast-import", "--quiet"], input=stream, check=True)
            if (pathlib.Path(repo) / ".git").exists():
                subprocess.run(["git", "-C", repo, "reset", "-q", "--hard", "master"], check=True)


class Constant(Server):
    name = "constant"

    def start(self):
        self.run(ARGS.bench_constant, str(self.port))
        return self.ready()


def load(server, requests, connections, seconds, once=False):
    """{rate, p50, p99, cpu} of one run; None if an answer takes too long."""
    path = server.dir / "requests"
    with open(path, "wb") as f:
        for r in requests:
            f.write(b"%d\n" % len(r) + r)
    before = server.cpu()
    try:
        done = subprocess.run(
            [ARGS.bench_http, str(server.port), str(connections), str(seconds),
             "once" if once else "cycle", str(path)],
            capture_output=True, text=True, timeout=max(seconds + 1, PEER_LIMIT), check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.stderr:
        print(f"  ({server.name}: {done.stderr.strip()})", flush=True)
    if done.returncode:
        return None
    n, took, p50, p99, size, others = (float(w) for w in done.stdout.split())
    return {"rate": n / took, "p50": p50 / 1000, "p99": p99 / 1000, "n": n,
            "cpu": (server.cpu() - before) * 1000 / n, "size": size / n, "others": others}


def median(runs):
    runs = [r for r in runs if r]
    return {k: statistics.median(r[k] for r in runs) for k in runs[0]} if runs else None


def show(server, what, connections, r):
    head = f"{server.name:9} {what:34} {connections:4}"
    if r is None:
        print(f"{head}   no answer within {PEER_LIMIT} s", flush=True)
        return
    note = f"  {r['others']:.0f} refused" if r["others"] else ""
    print(f"{head} {r['rate']:10.1f} {r['p50']:10.3f} {r['p99']:10.3f} {r['cpu']:10.4f} "
          f"{r['size']:10.0f}{note}", flush=True)


def xml(name, inner):
    return f'<?xml version="1.0" encoding="utf-8"?><{name} {NS}>{inner}</{name}>'.encode()


def report(server, path, name, inner, depth="1"):
    return server.request("REPORT", path, xml(name, inner), Depth=depth, Content_Type="application/xml")


def sync_token(server, path):
    body = xml("D:propfind", "<D:prop><D:sync-token/></D:prop>")
    answer = server.ask("PROPFIND", path, body, Depth="0", Content_Type="application/xml")[1]
    return ET.fromstring(answer).findtext(".//{DAV:}sync-token") or ""


def etags(server, path):
    """{href: etag}: also what warms the caches of a server that has some, which can take minutes."""
    body = xml("D:propfind", "<D:prop><D:getetag/></D:prop>")
    answer = server.ask("PROPFIND", path, body, timeout=1200, Depth="1", Content_Type="application/xml")[1]
    found = {r.findtext("{DAV:}href"): r.findtext(".//{DAV:}getetag")
             for r in ET.fromstring(answer).findall("{DAV:}response")}
    return {h: e for h, e in found.items() if e and h.endswith((".ics", ".vcf"))}


def reads(server):
    """(what, requests)"""
    cal, book, get = server.calendar, server.contacts, "<D:prop><D:getetag/></D:prop>"
    tag = etags(server, cal)
    some, cards = list(tag)[:1000], list(etags(server, book))[:50]
    token = sync_token(server, cal)
    for n in range(CHANGED):
        status, _ = server.ask("PUT", f"{cal}{n}.ics", event(n).replace(b"Meeting", b"meeting"),
                               Content_Type="text/calendar")
        assert status < 300, status
    poll = xml("D:propfind", "<D:prop><CS:getctag/><D:sync-token/></D:prop>")
    data = "<D:prop><D:getetag/><C:calendar-data/></D:prop>"
    expand = data.replace("<C:calendar-data/>", f"<C:calendar-data><C:expand {MONTH}/></C:calendar-data>")
    when = ('<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">'
            f"<C:time-range {MONTH}/></C:comp-filter></C:comp-filter></C:filter>")
    hrefs = "".join(f"<D:href>{h}</D:href>" for h in some[:50])
    card_hrefs = "".join(f"<D:href>{h}</D:href>" for h in cards)
    card_data = "<D:prop><D:getetag/><CR:address-data/></D:prop>"
    contains = ('<CR:filter><CR:prop-filter name="FN"><CR:text-match collation="i;unicode-casemap" '
                'match-type="contains">surname996</CR:text-match></CR:prop-filter></CR:filter>')
    listing = server.request("PROPFIND", cal, xml("D:propfind", get), Depth="1",
                             Content_Type="application/xml")
    sync = "<D:sync-token>%s</D:sync-token><D:sync-level>1</D:sync-level>" + get
    yield "poll (ctag, sync-token)", [
        server.request("PROPFIND", cal, poll, Depth="0", Content_Type="application/xml")]
    yield "sync-collection, ten changes", [
        report(server, cal, "D:sync-collection", sync % token, "0")]
    yield "GET", [server.request("GET", h) for h in some]
    yield "GET, 304", [server.request("GET", h, If_None_Match=etags_now)
                       for h, etags_now in list(tag.items())[CHANGED * 2:1000]]
    yield "calendar-multiget of 50", [report(server, cal, "C:calendar-multiget", data + hrefs)]
    yield "addressbook-multiget of 50", [
        report(server, book, "CR:addressbook-multiget", card_data + card_hrefs)]
    yield "listing of 10,000", [listing]
    yield "first sync of 10,000", [report(server, cal, "D:sync-collection", sync % "", "0")]
    yield "addressbook-query, contains", [
        report(server, book, "CR:addressbook-query", card_data + contains)]
    yield "calendar-query, a month", [report(server, cal, "C:calendar-query", data + when)]
    yield "calendar-query, a month, expand", [report(server, cal, "C:calendar-query", expand + when)]
    yield "free-busy, three months", [
        report(server, cal, "C:free-busy-query", f"<C:time-range {QUARTER}/>")]


def put(server, path, body):
    kind = "text/calendar" if path.endswith(".ics") else "text/vcard"
    return server.request("PUT", path, body, Content_Type=kind)


def measure_reads(server):
    for what, requests in reads(server):
        if server.peer:
            show(server, what, 1, load(server, requests, 1, ARGS.seconds * 4))
            continue
        for connections in (1, 8, 64):
            runs = [load(server, requests, connections, ARGS.seconds) for _ in range(ARGS.runs)]
            show(server, what, connections, median(runs))


def measure_writes(server):
    cal, number = server.calendar, PEER_WRITES if server.peer else WRITES
    for connections in (1,) if server.peer else (1, 8, 64):
        new, update, remove = [], [], []
        for run in range(1 if server.peer else ARGS.runs):
            first = ARGS.objects + (connections * ARGS.runs + run) * number
            many = [(f"{cal}{n}.ics", event(n)) for n in range(first, first + number)]
            new.append(load(server, [put(server, h, b) for h, b in many], connections, 10, True))
            update.append(load(server, [put(server, h, b.replace(b"Meeting", b"meeting"))
                                        for h, b in many], connections, 10, True))
            remove.append(load(server, [server.request("DELETE", h) for h, _ in many], connections, 10, True))
        for what, runs in (("PUT new", new), ("PUT update", update), ("DELETE", remove)):
            show(server, what, connections, median(runs))


def seed(server, events, cards):
    if hasattr(server, "seed"):
        server.stop()
        empty = server.disk()
        server.seed(events, [])
        with_events = server.disk()
        server.seed([], cards) if server.name == "xandikos" else fill_cards(server, cards)
    else:
        empty = stopped_disk(server)
        server.start()
        runs = [load(server, [put(server, f"{path}{n}{end}", b) for n, b in enumerate(bodies)], 64, 60, True)
                for path, end, bodies in ((server.calendar, ".ics", events),)]
        show(server, "PUT new, filling (durable)", 64, runs[0])
        with_events = stopped_disk(server)
        server.start()
        show(server, "PUT new card, filling", 64, load(
            server, [put(server, f"{server.contacts}{n}.vcf", b) for n, b in enumerate(cards)], 64, 60, True))
        server.stop()
    return (with_events - empty) / len(events)


def fill_cards(server, cards):
    shutil.rmtree(pathlib.Path(server.data(), "collection-root", "ann", "contacts"))
    keep = pathlib.Path(server.data(), "collection-root", "ann", "calendar")
    aside = keep.parent.parent.parent / "aside"
    keep.rename(aside)
    server.seed([], cards)
    shutil.rmtree(keep)
    aside.rename(keep)


def stopped_disk(server):
    server.stop()
    return server.disk()


def measure(server, port, events, cards):
    server.port = port
    began = time.monotonic()
    try:
        server.start()
        idle = server.pss()
        if server.name == "constant":
            for connections in (1, 8, 64):
                show(server, "GET", connections,
                     load(server, [server.request("GET", "/")], connections, ARGS.seconds))
            return
        size = seed(server, events, cards)
        started = server.start()
        measure_reads(server)
        measure_writes(server)
        time.sleep(0 if server.peer else 7)  # it tidies its memory when it has been quiet
        print(f"{server.name:9} memory idle, empty {idle:.1f} MB, after the run {server.pss():.1f} MB; "
              f"{size:.0f} bytes on disk per event of {len(events[0])}; "
              f"start with {len(events) + len(cards)} objects {started:.2f} s; "
              f"measured in {time.monotonic() - began:.0f} s", flush=True)
    finally:
        server.stop()


def free_port():
    sys.path.insert(0, str(HERE.parent))
    import dav
    return dav.free_port()


def main():
    directory = pathlib.Path(tempfile.mkdtemp(prefix="kontor-bench-"))
    events, cards = ([make(n) for n in range(ARGS.objects)] for make in (event, card))
    print(f"{'server':9} {'what':34} {'conn':>4} {'req/s':>10} {'p50 ms':>10} {'p99 ms':>10} "
          f"{'cpu ms':>10} {'bytes':>10}")
    servers = [Constant, Kontor]
    if not ARGS.no_peers:
        servers += [s for s in (Radicale, Xandikos) if shutil.which(s.name)]
    servers = [s for s in servers if ARGS.only in (None, s.name)]
    try:
        for each in servers:
            try:
                measure(each(directory), free_port(), events, cards)
            except (OSError, AssertionError, ET.ParseError, subprocess.SubprocessError) as error:
                print(f"{each.name}: not measured to the end: {error!r}", flush=True)
                if each is Kontor:
                    raise
    finally:
        if not ARGS.keep:
            shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for word in ("kontor", "bench_http", "bench_constant"):
        parser.add_argument(word)
    parser.add_argument("--objects", type=int, default=10000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=0.25)
    parser.add_argument("--only", help="the server of this name")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--keep", action="store_true")
    ARGS = parser.parse_args()
    main()
