"""getctag and sync-token change with each add, change and delete, and with nothing else."""
from dav import card


def it_moves(ann, book):
    def tags():
        props = ann.propfind(book, "CS:getctag", "D:sync-token").responses()[book]["props"]
        return props["CS:getctag"].text, props["D:sync-token"].text

    seen = [tags()]
    for step in (lambda: ann.put_card(book + "a.vcf", card("a")),
                 lambda: ann.put_card(book + "a.vcf", card("a", "B")),
                 lambda: ann("DELETE", book + "a.vcf")):
        step()
        seen.append(tags())
        ann("GET", book + "a.vcf")
        assert tags() == seen[-1]
    assert len({s[0] for s in seen}) == 4 and len({s[1] for s in seen}) == 4
