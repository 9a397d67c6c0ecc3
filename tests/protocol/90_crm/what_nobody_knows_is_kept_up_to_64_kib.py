"""Unknown properties of a record are kept and served again, up to 64 KiB of them."""
import uuid

from dav import card, todo

MOST = 64 * 1024


def unknown(number):
    return "".join(f"X-OTHER-{i}:{'y' * 1000}\r\n" for i in range(number))


def kept(body):
    return body.replace("\r\n ", "").count("X-OTHER-")


def test_of_leads_and_cases(ann, ben):
    for client, folder, make in ((ann, "/addressbooks/ann/leads/", card), (ben, "/calendars/ben/cases/", todo)):
        put = client.put_card if make is card else client.put_event
        ext = "vcf" if make is card else "ics"
        for number in (50, 200):
            uid = str(uuid.uuid4())
            path = f"{folder}{uid}.{ext}"
            assert put(path, make(uid, "Somebody or something", extra=unknown(number))).status == 201
            have = kept(client("GET", path).text)
            assert have == number if number == 50 else 50 <= have <= MOST // 1000, (path, have)
