"""getctag stands on calendars and books, and changes with each add, change and delete."""
from dav import card, event


def it_moves(ann, calendar, book):
    for path, put, name, make in ((calendar, ann.put_event, "a.ics", event), (book, ann.put_card, "a.vcf", card)):
        seen = []
        for step in (lambda: None, lambda: put(path + name, make("a")), lambda: put(path + name, make("a")),
                     lambda: ann("DELETE", path + name)):
            step()
            seen.append(ann.propfind(path, "CS:getctag").responses()[path]["props"]["CS:getctag"].text)
        assert len(set(seen)) == 4, path
