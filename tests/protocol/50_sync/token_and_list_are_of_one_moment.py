"""A PROPFIND that tells a collection's tag and what is in it tells both of the same moment, whatever
is written meanwhile: the same tag never comes with another list."""
import threading
import time

from dav import card


def test_it(server, ann, book):
    stop, seen, trouble = threading.Event(), {}, []

    def write(n):
        client, i = server.client("ann"), 0
        while not stop.is_set():
            i += 1
            status = client.put_card(f"{book}{n}.vcf", card(f"uid-{n}", f"Karl {i}")).status
            if status not in (201, 204):
                trouble.append(status)

    def read():
        client = server.client("ann")
        while not stop.is_set():
            answer = client.propfind(book, "CS:getctag", "D:getetag", depth=1)
            if answer.status != 207:
                trouble.append(answer.status)
                continue
            found = answer.responses()
            tag = found[book]["props"]["CS:getctag"].text
            etags = {h: r["props"]["D:getetag"].text for h, r in found.items() if h != book}
            if seen.setdefault(tag, etags) != etags:
                trouble.append((tag, seen[tag], etags))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(2)]
    threads += [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(3)
    stop.set()
    for thread in threads:
        thread.join()
    assert not trouble
    assert len(seen) > 1
