"""Clients as they treat what a server holds: each takes a body it was served, does what its user did,
and writes it anew in its own manner. What each of them drops, reorders and writes otherwise is known
from its source or its users:

IosReminders, IosContacts   iOS keeps what it does not know; its lists write types and labels of their
                            own; old ones tick a task off with COMPLETED and PERCENT-COMPLETE alone
                            (sabre-io/Baikal#579)
TasksOrg                    tasks/tasks app/.../caldav/iCalendar.kt: reopening takes STATUS, COMPLETED and
                            PERCENT-COMPLETE away; a RELATED-TO without RELTYPE is taken for a parent
Outlook                     aluxnimm/outlookcaldavsynchronizer TaskMapper.cs, ContactEntityMapper.cs: makes
                            everything anew and keeps the UID alone; DUE is the day at 23:59:59; three
                            mail addresses; FN is "family, given"
Davx5                       bitfireAT/vcard4android ContactWriter.kt: vCard 4 where it is offered, no types
                            of others, pictures and unknown properties kept
Thunderbird, Evolution      keep what they do not know; X-MOZ-... and X-EVOLUTION-... come
"""
import re


# ---- bodies as lists of (group, name, params, value) ----

def lines_of(body):
    text = re.sub(r"\r?\n[ \t]", "", body)
    return [line for line in text.replace("\r\n", "\n").split("\n") if line]


def parse(body):
    props = []
    for line in lines_of(body):
        match = re.match(r"(?:([^.;:]+)\.)?([^.;:]+)((?:;(?:[^\":]|\"[^\"]*\")*)?):(.*)$", line)
        assert match, line
        props.append(Prop(match[1] or "", match[2], match[3].lstrip(";"), match[4]))
    return props


class Prop:
    def __init__(self, group, name, params, value):
        self.group, self.name, self.params, self.value = group, name, params, value

    def __str__(self):
        group = self.group + "." if self.group else ""
        params = ";" + self.params if self.params else ""
        return fold(f"{group}{self.name}{params}:{self.value}")


def fold(line):
    out, raw = [], line.encode()
    while len(raw) > 74:
        cut = 74
        while raw[cut] & 0xC0 == 0x80:
            cut -= 1
        out.append(raw[:cut].decode())
        raw = b" " + raw[cut:]
    out.append(raw.decode())
    return "\r\n".join(out)


def write(props):
    return "".join(f"{p}\r\n" for p in props)


def first(props, name):
    return next((p.value for p in props if p.name.upper() == name), None)


def every(props, name):
    return [p for p in props if p.name.upper() == name]


def without(props, *names):
    return [p for p in props if p.name.upper() not in names]


def digits(text):
    return re.sub(r"\D", "", text)


def types(prop):
    return [t.upper() for t in re.findall(r"TYPE=\"?([^;\"]+)", prop.params, re.I)
            for t in t.split(",")]


# ---- tasks ----

class Tasks:
    """What all of them have in common: the component's properties in a list, changed, written."""
    name = None
    component = "VTODO"
    stamp = "20270101T100000Z"
    agent = "emulator"

    def open(self, body):
        self.props = parse(body)
        start = next(i for i, p in enumerate(self.props) if p.name == "BEGIN" and p.value == self.component)
        end = next(i for i, p in enumerate(self.props) if p.name == "END" and p.value == self.component)
        self.head, self.todo, self.tail = (
            self.props[:start + 1], self.props[start + 1:end], self.props[end:])
        return self

    def get(self, name):
        return first(self.todo, name)

    def set(self, name, value, params=""):
        for p in self.todo:
            if p.name == name:
                p.value, p.params = value, params
                return
        self.todo.append(Prop("", name, params, value))

    def drop(self, *names):
        self.todo = without(self.todo, *names)

    def complete(self):
        self.set("STATUS", "COMPLETED")
        self.set("COMPLETED", self.stamp)
        self.set("PERCENT-COMPLETE", "100")
        return self

    def reopen(self):
        self.set("STATUS", "NEEDS-ACTION")
        self.drop("COMPLETED", "PERCENT-COMPLETE")
        return self

    def rename(self, summary):
        self.set("SUMMARY", summary)
        return self

    def describe(self, text):
        self.set("DESCRIPTION", text)
        return self

    def manner(self):
        """What saving does besides what the user did."""

    def save(self):
        self.set("LAST-MODIFIED", self.stamp)
        self.set("DTSTAMP", self.stamp)
        self.manner()
        return write(self.head + self.todo + self.tail)


class IosReminders(Tasks):
    name = "iOS Reminders"
    agent = "iOS/17.4.1 (21E236) remindd/1.0"

    def manner(self):
        for p in self.head:
            if p.name == "PRODID":
                p.value = "-//Apple Inc.//iOS 17.4.1//EN"
        # Three steps of importance, and no more.
        number = int(self.get("PRIORITY") or 0)
        if number:
            self.set("PRIORITY", "1" if number < 5 else "5" if number == 5 else "9")
        self.set("X-APPLE-SORT-ORDER", "820000000")
        if self.get("DUE"):
            self.set("DTSTART", self.get("DUE"))
        self.set("SEQUENCE", str(int(self.get("SEQUENCE") or 0) + 1))


class OldIosReminders(IosReminders):
    """COMPLETED alone says that it is done, its absence that it is not."""
    name = "iOS Reminders (old)"
    agent = "iOS/5.1.1 (9B206) dataaccessd/1.0"

    def complete(self):
        self.set("COMPLETED", self.stamp)
        self.set("PERCENT-COMPLETE", "100")
        return self

    def reopen(self):
        self.drop("COMPLETED", "PERCENT-COMPLETE")
        return self


class TasksOrg(Tasks):
    name = "Tasks.org"
    agent = "org.tasks/13.7 okhttp/4.12.0"

    def reopen(self):
        self.drop("STATUS", "COMPLETED", "PERCENT-COMPLETE")
        return self

    def manner(self):
        for p in self.head:
            if p.name == "PRODID":
                p.value = "+//IDN tasks.org//android-130701//EN"
        # To it, a relation without a type is a parent, and this task has none in this list.
        self.todo = [p for p in self.todo
                     if not (p.name == "RELATED-TO" and "RELTYPE" not in p.params)]
        due = self.get("DUE")
        if due and due.endswith("Z"):
            self.set("DUE", local(due)[:-2] + "00", "TZID=Europe/Berlin")


class Outlook(Tasks):
    name = "Outlook"
    agent = "CalDavSynchronizer/4.4"

    def complete(self):
        self.done = True
        return self

    def reopen(self):
        self.done = False
        return self

    def open(self, body):
        super().open(body)
        self.done = (self.get("STATUS") == "COMPLETED" or self.get("COMPLETED") is not None)
        return self

    def save(self):
        old, new = self.todo, [Prop("", "UID", "", self.get("UID")),
                               Prop("", "DTSTAMP", "", self.stamp)]
        new.append(Prop("", "SUMMARY", "", self.get("SUMMARY")))
        # Its memo has line ends of its own.
        if self.get("DESCRIPTION"):
            new.append(Prop("", "DESCRIPTION", "", self.get("DESCRIPTION") + "\\n"))
        if self.done:
            new.append(Prop("", "COMPLETED", "", self.get("COMPLETED") or self.stamp))
        new.append(Prop("", "PERCENT-COMPLETE", "", "100" if self.done else "0"))
        if self.get("DUE"):
            new.append(Prop("", "DUE", "TZID=W. Europe Standard Time",
                            local(self.get("DUE"))[:8] + "T235959"))
        was = self.get("STATUS")
        status = "COMPLETED" if self.done else was if was in ("IN-PROCESS", "CANCELLED") \
            else "NEEDS-ACTION"
        new.append(Prop("", "STATUS", "", status))
        number = int(self.get("PRIORITY") or 0)
        new.append(Prop("", "PRIORITY", "", "1" if 0 < number < 5 else "9" if number > 5 else "5"))
        new.append(Prop("", "CLASS", "", "PUBLIC"))
        words = [w for p in every(old, "CATEGORIES") for w in p.value.split(",")]
        if words:
            new.append(Prop("", "CATEGORIES", "", ",".join(words)))
        new.append(Prop("", "SEQUENCE", "", str(int(self.get("SEQUENCE") or 0) + 1)))
        head = [Prop("", "BEGIN", "", "VCALENDAR"), Prop("", "VERSION", "", "2.0"),
                Prop("", "PRODID", "", "-//ddaysoftware.com//NONSGML DDay.iCal 1.0//EN"),
                Prop("", "BEGIN", "", "VTODO")]
        return write(head + new + self.tail)


class ThunderbirdTasks(Tasks):
    name = "Thunderbird"
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0"

    def manner(self):
        for p in self.head:
            if p.name == "PRODID":
                p.value = "-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN"
        self.set("X-MOZ-GENERATION", "2")


class EvolutionTasks(Tasks):
    name = "Evolution"
    agent = "Evolution/3.52.3"

    def manner(self):
        for p in self.head:
            if p.name == "PRODID":
                p.value = "-//Ximian//NONSGML Evolution Calendar//EN"
        self.set("SEQUENCE", str(int(self.get("SEQUENCE") or 0) + 1))
        self.set("CLASS", "PUBLIC")
        if self.get("STATUS") == "NEEDS-ACTION":
            self.set("PERCENT-COMPLETE", "0")


class JtxBoard(Tasks):
    """jtx Board behind DAVx5: keeps what it does not know, counts versions."""
    name = "DAVx5 (jtx Board)"
    agent = "DAVx5/4.4.3-ose (dav4jvm; okhttp/4.12.0) Android/14"

    def manner(self):
        for p in self.head:
            if p.name == "PRODID":
                p.value = "DAVx5/4.4.3-ose ical4j/3.2.19 (at.techbee.jtx)"
        self.set("SEQUENCE", str(int(self.get("SEQUENCE") or 0) + 1))


TASKS = [IosReminders, OldIosReminders, TasksOrg, Outlook, ThunderbirdTasks, EvolutionTasks, JtxBoard]


def local(utc):
    """A time of winter in UTC as wall time of Berlin (all tests play in winter)."""
    hour = int(utc[9:11]) + 1
    assert hour < 24, "not around midnight"
    return f"{utc[:9]}{hour:02}{utc[11:15]}"


# ---- cards ----

class Cards:
    name = None
    agent = "emulator"

    def open(self, body):
        self.props = parse(body)[1:-1]
        return self

    def get(self, name):
        return first(self.props, name)

    def set(self, name, value, params=None):
        for p in self.props:
            if p.name.upper() == name:
                p.value = value
                p.params = p.params if params is None else params
                return self
        self.props.append(Prop("", name, params or "", value))
        return self

    def add_phone(self, number):
        self.props.append(Prop("", "TEL", "TYPE=WORK", number))
        return self

    def drop_phone(self, number):
        gone = [p for p in self.props if p.name == "TEL" and digits(p.value) == digits(number)]
        groups = {p.group for p in gone if p.group}
        self.props = [p for p in self.props if p not in gone and p.group not in groups]
        return self

    def manner(self):
        """What saving does besides what the user did."""

    def save(self):
        self.manner()
        return write([Prop("", "BEGIN", "", "VCARD"), *self.props, Prop("", "END", "", "VCARD")])


class IosContacts(Cards):
    """Keeps unknown properties, numbers its groups anew, spaces numbers, makes FN of N."""
    name = "iOS Contacts"
    agent = "iOS/17.4.1 (21E236) dataaccessd/1.0"

    def manner(self):
        n = (self.get("N") or ";;;;").split(";") + [""] * 5
        if any(n):
            self.set("FN", " ".join(x for x in (n[3], n[1], n[2], n[0], n[4]) if x))
        else:
            self.set("FN", (self.get("ORG") or "").split(";")[0])
        for p in self.props:
            if p.name == "TEL":
                kinds = types(p) or ["OTHER"]
                p.params = ";".join(f"type={k}" for k in [*kinds, "VOICE"])
                p.value = re.sub(r"[ -]", "\u00a0", p.value)
            if p.name == "EMAIL":
                p.params = ";".join(f"type={k}" for k in ["INTERNET", *types(p)])
        groups = {}
        for p in self.props:
            if p.group:
                p.group = groups.setdefault(p.group, f"item{len(groups) + 1}")
        self.set("PRODID", "-//Apple Inc.//iPhone OS 17.4.1//EN")
        self.set("REV", "2027-01-01T10:00:00Z")


class Davx5(Cards):
    """vCard 4, numbers as Android has them, categories as groups, FN as Android shows it."""
    name = "DAVx5"
    agent = "DAVx5/4.4.3-ose (dav4jvm; okhttp/4.12.0) Android/14"

    def manner(self):
        for p in self.props:
            p.params = re.sub(r"(?i)TYPE=([^;]*)", lambda m: "TYPE=" + m[1].lower(), p.params)
            if p.name == "TEL":
                p.value = re.sub(r"[ -]", "", p.value)
            if p.name == "BDAY":
                year, rest = p.value[:4], p.value[4:].replace("-", "")
                p.value = ("--" if "OMIT-YEAR" in p.params else year) + rest
                p.params = ""
            if p.name == "EMAIL":
                p.params = re.sub(r"(?i)internet,?", "", p.params)
                p.params = "" if p.params.upper() == "TYPE=" else p.params
        self.set("VERSION", "4.0")
        self.props = without(self.props, "PRODID", "REV")
        self.props.append(Prop("", "REV", "", "20270101T100000Z"))
        # A display name for whom there is a name; companies without.
        n = (self.get("N") or ";;;;").split(";") + [""] * 5
        if any(n):
            self.set("FN", " ".join(x for x in (n[3], n[1], n[2], n[0]) if x) +
                     (f", {n[4]}" if n[4] else ""))
        if not any(n):
            self.props = without(self.props, "N")


class OutlookContacts(Cards):
    """Makes the card anew: its own fields, three mail addresses, "family, given" for FN."""
    name = "Outlook"
    agent = "CalDavSynchronizer/4.4"
    knows = {"UID", "N", "ORG", "TITLE", "TEL", "ADR", "BDAY", "NOTE", "CATEGORIES", "URL", "PHOTO",
             "NICKNAME"}

    def manner(self):
        old = self.props
        n = (first(old, "N") or ";;;;").split(";") + [""] * 5
        org = (first(old, "ORG") or "").split(";")[0]
        shown = ", ".join(x for x in n[:2] if x) or org
        new = [Prop("", "VERSION", "", "3.0"), Prop("", "PRODID", "", "-//Thought.vCards//EN"),
               Prop("", "FN", "", shown.replace(",", "\\,")),
               Prop("", "CLASS", "", "PUBLIC")]
        for p in old:
            if p.name in self.knows:
                new.append(Prop("", p.name, p.params, p.value))
        for p in every(old, "EMAIL")[:3]:
            new.append(Prop("", "EMAIL", "INTERNET", p.value))
        for p in new:
            if p.name == "TEL" and not types(p):
                p.params = "TYPE=VOICE"
            if p.name == "NOTE":
                p.value += "\\n"
            if p.name == "BDAY":
                p.params = ""
        self.props = new


class ThunderbirdContacts(Cards):
    """Keeps all, writes types in lower case, marks a preferred address."""
    name = "Thunderbird"
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.0"

    def manner(self):
        marked = False
        for p in self.props:
            p.params = re.sub(r"(?i)TYPE=([^;]*)", lambda m: "TYPE=" + m[1].lower(), p.params)
            if p.name == "EMAIL" and not marked:
                p.params = (p.params + ";" if p.params else "") + "PREF=1"
                marked = True


class EvolutionContacts(Cards):
    """Keeps all, gives lines ids of its own, files under "family, given"."""
    name = "Evolution"
    agent = "Evolution/3.52.3"

    def manner(self):
        n = (self.get("N") or ";;;;").split(";") + [""] * 5
        self.set("X-EVOLUTION-FILE-AS", "\\, ".join(x for x in n[:2] if x) or (self.get("FN") or ""))
        for i, p in enumerate(p for p in self.props if p.name in ("TEL", "EMAIL")):
            p.params = (p.params + ";" if p.params else "") + f"X-EVOLUTION-UI-SLOT={i + 1}"
        self.set("REV", "2027-01-01T10:00:00Z(0)")


CARDS = [IosContacts, Davx5, OutlookContacts, ThunderbirdContacts, EvolutionContacts]
