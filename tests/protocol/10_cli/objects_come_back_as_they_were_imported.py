import filecmp

from dav import card, event, todo


def test_one_file_with_many_uids_is_split(staffed):
    inside = "".join(event(f"uid-{i}").split("PRODID:-//Test//EN\r\n")[1].split("END:VCALENDAR")[0] for i in range(5))
    path = staffed.dir / "many.ics"
    path.write_text(event("uid-a").replace("END:VCALENDAR\r\n", inside + "END:VCALENDAR\r\n"), newline="")
    assert staffed.command("import", "ann/calendar", str(path)).stdout.startswith("6 new")
    out = staffed.dir / "out"
    staffed.command("export", "ann/calendar", str(out))
    assert len(list(out.glob("*.ics"))) == 6


def test_again_changes_nothing(staffed):
    path = staffed.dir / "a.ics"
    path.write_text(event("uid-a"), newline="")
    assert staffed.command("import", "ann/calendar", str(path)).stdout.startswith("1 new, 0 changed, 0 as")
    assert staffed.command("import", "ann/calendar", str(path)).stdout.startswith("0 new, 0 changed, 1 as")
    path.write_text(event("uid-a", summary="Other"), newline="")
    assert staffed.command("import", "ann/calendar", str(path)).stdout.startswith("0 new, 1 changed, 0 as")


def test_byte_for_byte_through_a_folder(staffed):
    folder = staffed.dir / "in"
    folder.mkdir()
    for i in range(300):
        (folder / f"e{i}.ics").write_text(event(f"e{i}", extra="X-ODD;A=b:c\r\n"), newline="")
    assert staffed.command("import", "ann/calendar", str(folder)).stdout.startswith("300 new")
    out = staffed.dir / "out"
    staffed.command("export", "ann/calendar", str(out))
    names = [p.name for p in folder.iterdir()]
    same, other, missing = filecmp.cmpfiles(folder, out, names, shallow=False)
    assert (len(same), other, missing) == (300, [], [])


def test_kinds_find_their_places(staffed):
    both = staffed.dir / "both.ics"
    both.write_text(event("e").replace("END:VCALENDAR\r\n", "") +
                    todo("t").split("PRODID:-//Test//EN\r\n")[1], newline="")
    cards = staffed.dir / "cards.vcf"
    cards.write_text(card("c1") + card("c2") + card("c3").replace("UID:c3\r\n", ""), newline="")
    staffed.command("import", "ann", str(both), str(cards))
    listed = staffed.command("collection", "list", "ann").stdout.splitlines()
    assert [line.split("\t")[:3] for line in listed] == [
        ["calendars/ann/calendar", "calendar", "1"], ["calendars/ann/tasks", "tasks", "1"],
        ["addressbooks/ann/contacts", "addressbook", "3"]]
    assert staffed.command("import", "ann", str(cards)).stdout.startswith("0 new, 0 changed, 3 as")


def test_a_whole_home_moves_to_somebody_else(staffed):
    staffed.command("collection", "add", "ann/work", "--display-name", "Arbeit & mehr", "--color", "#ff0000")
    staffed.command("collection", "add", "ann/docs", "--type", "folder")
    (staffed.dir / "e.ics").write_text(event("e"), newline="")
    (staffed.dir / "c.vcf").write_text(card("c"), newline="")
    (staffed.dir / "big.bin").write_bytes(bytes(range(256)) * 2000)
    (staffed.dir / "small.txt").write_bytes(b"small")
    staffed.command("import", "ann/work", str(staffed.dir / "e.ics"))
    staffed.command("import", "ann", str(staffed.dir / "c.vcf"))
    staffed.command("import", "files/ann/docs", str(staffed.dir / "big.bin"), str(staffed.dir / "small.txt"))
    staffed.command("export", "ann", str(staffed.dir / "home"))
    staffed.command("import", "ben", str(staffed.dir / "home"))
    staffed.command("export", "ben", str(staffed.dir / "home2"))

    def tree(top):
        return {str(p.relative_to(top)): p.read_bytes() for p in sorted(top.rglob("*")) if p.is_file()}

    assert tree(staffed.dir / "home2") == tree(staffed.dir / "home")
    assert tree(staffed.dir / "home")["files/docs/big.bin"] == bytes(range(256)) * 2000
    assert "Arbeit & mehr" in staffed.command("collection", "list", "ben").stdout


def test_what_is_refused_is_named_and_the_rest_goes_on(staffed):
    path = staffed.dir / "mixed.vcf"
    path.write_text(card("good") + card("old", version="2.1") + card("good2"), newline="")
    done = staffed.command("import", "ann/contacts", str(path), check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("2 new") and "1 refused" in done.stdout
    assert "old" in done.stderr


def test_one_file_holds_all(staffed):
    for i in range(3):
        (staffed.dir / f"{i}.ics").write_text(event(f"e{i}"), newline="")
    staffed.command("import", "ann/calendar", *[str(staffed.dir / f"{i}.ics") for i in range(3)])
    text = staffed.command("export", "ann/calendar").stdout
    assert text.count("BEGIN:VCALENDAR") == 1 and text.count("BEGIN:VEVENT") == 3
