import pytest

from dav import POSTGRES, free_port
from postbox import until


@pytest.mark.skipif(not POSTGRES, reason="only PostgreSQL has several nodes")
def test_it(desks, box):
    one = desks(*box.settings())
    other = one.__class__.__new__(one.__class__)
    other.__dict__.update(one.__dict__, process=None, port=free_port())
    other.listen = f"127.0.0.1:{other.port}"
    other.url = f"http://{other.listen}"
    other.dir = one.dir / "other"
    other.dir.mkdir()
    other.begin()
    try:
        case = one.write()
        notes = [(one, other)[i % 2].answer(case, f"Answer {i}") for i in range(40)]
        until(lambda: all(one.note(note)["mail"] == "sent" for note in notes), 60)
        assert sorted(mail.text for mail in box.mails) == sorted(f"Answer {i}" for i in range(40))
        counts = [sum("state=sent" in line for line in node.log_text().splitlines()) for node in (one, other)]
        assert sum(counts) == 40 and all(counts), counts
    finally:
        other.stop()
