"""?export is every card in one file."""
from dav import card


def it_is_whole(ann, book):
    for i in range(250):
        ann.put_card(f"{book}{i}.vcf", card(f"u{i}"))
    text = ann("GET", book + "?export").text
    assert text.count("BEGIN:VCARD") == 250 and text.count("END:VCARD") == 250
