"""Evolution's libraries as a client: reads a command a line (JSON) and answers each with a line.

    open KIND        calendar, tasks or contacts, whose sources stand in the home directory
    add KIND TEXT    an iCalendar component or a vCard
    change KIND TEXT
    remove KIND UID
    list KIND        what it has by now, after asking the server again
    quit

Runs by the system's Python within dbus-run-session: sources, calendars and address books are processes
of Evolution's own there. It is asked for the password as a person would be, and remembers nothing."""
import json
import os
import sys
import threading
import traceback

import gi

for name, version in (("EDataServer", "1.2"), ("ECal", "2.0"), ("EBook", "1.2"), ("ICalGLib", "3.0")):
    gi.require_version(name, version)
from gi.repository import EBook, EBookContacts, ECal, EDataServer, GLib, ICalGLib  # noqa: E402

WAIT = 30
V30 = getattr(EBookContacts.VCardFormat, "30")
TYPES = {"calendar": ECal.ClientSourceType.EVENTS, "tasks": ECal.ClientSourceType.TASKS}
clients = {}


def authenticate(source, *_):
    credentials = EDataServer.NamedParameters.new()
    credentials.set(EDataServer.SOURCE_CREDENTIAL_USERNAME, "ann")
    credentials.set(EDataServer.SOURCE_CREDENTIAL_PASSWORD, os.environ["PASSWORD"])
    source.invoke_authenticate(credentials, None, None)


def open_source(registry, kind):
    source = registry.ref_source(kind)
    source.connect("credentials-required", authenticate)
    if kind == "contacts":
        clients[kind] = EBook.BookClient.connect_sync(source, WAIT, None)
    else:
        clients[kind] = ECal.Client.connect_sync(source, TYPES[kind], WAIT, None)
    return [clients[kind].is_online(), clients[kind].is_readonly()]


def add(kind, text):
    if kind == "contacts":
        contact = EBook.BookClient.add_contact_sync
        return contact(clients[kind], EBookContacts.Contact.new_from_vcard(text), 0, None)[1]
    component = ICalGLib.Component.new_from_string(text)
    return clients[kind].create_object_sync(component, ECal.OperationFlags.NONE, None)[1]


def change(kind, text):
    if kind == "contacts":
        return clients[kind].modify_contact_sync(EBookContacts.Contact.new_from_vcard(text), 0, None)
    component = ICalGLib.Component.new_from_string(text)
    return clients[kind].modify_object_sync(
        component, ECal.ObjModType.ALL, ECal.OperationFlags.NONE, None)


def remove(kind, uid):
    if kind == "contacts":
        return clients[kind].remove_contact_by_uid_sync(uid, 0, None)
    return clients[kind].remove_object_sync(
        uid, None, ECal.ObjModType.ALL, ECal.OperationFlags.NONE, None)


def listing(kind):
    client = clients[kind]
    client.refresh_sync(None)
    if kind == "contacts":
        _, contacts = client.get_contacts_sync('(contains "x-evolution-any-field" "")', None)
        return {c.get_property("id"): c.to_string(V30) for c in contacts}
    _, objects = client.get_object_list_sync("#t", None)
    return {o.get_uid(): o.as_ical_string() for o in objects}


def serve():
    registry = EDataServer.SourceRegistry.new_sync(None)
    verbs = {"open": lambda kind: open_source(registry, kind), "add": add, "change": change,
             "remove": remove, "list": listing}
    for line in sys.stdin:
        verb, *words = json.loads(line)
        if verb == "quit":
            return
        try:
            answer = {"ok": verbs[verb](*words)}
        except Exception:  # pylint: disable=broad-except
            answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


def main():
    """Signals arrive in the loop of this thread; what waits for them runs in another."""
    loop = GLib.MainLoop()

    def work():
        try:
            serve()
        finally:
            loop.quit()

    threading.Thread(target=work, daemon=True).start()
    loop.run()


main()
