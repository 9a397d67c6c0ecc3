"""Connections are kept: fifty PUTs and as many reads go over one, in HTTP/1.1."""
import base64
import http.client

from dav import event


def it_is_kept(server, calendar):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    login = {"Authorization": "Basic " + base64.b64encode(b"ann:ann-secret").decode()}
    connection.connect()
    sock = connection.sock
    for n in range(50):
        connection.request("PUT", f"{calendar}{n}.ics", event(str(n)), {**login, "Content-Type": "text/calendar"})
        answer = connection.getresponse()
        answer.read()
        assert (answer.status, answer.version) == (201, 11)
        connection.request("GET", f"{calendar}{n}.ics", headers=login)
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read()
        assert connection.sock is sock
    connection.close()
