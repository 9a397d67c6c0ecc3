"""Credentials may change on a kept connection."""
import base64
import http.client


def ask(connection, name, password):
    word = base64.b64encode(f"{name}:{password}".encode()).decode()
    connection.request("PROPFIND", "/calendars/ann/",
                       headers={"Authorization": "Basic " + word, "Depth": "0"})
    answer = connection.getresponse()
    answer.read()
    return answer.status


def it_asks_anew(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    assert ask(connection, "ann", "ann-secret") == 207
    assert ask(connection, "ben", "ben-secret") in (403, 404)
    assert ask(connection, "ann", "wrong") == 401
    assert ask(connection, "ann", "ann-secret") == 207
    connection.close()
