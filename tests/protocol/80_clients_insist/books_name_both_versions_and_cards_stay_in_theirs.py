"""max-resource-size in both namespaces, address data 3.0 and 4.0; a card comes back in the version it has."""
from dav import card, xml_doc


def it_is_so(ann, calendar, book):
    props = ann.propfind(book, "CR:max-resource-size", "CR:supported-address-data").responses()[book]["props"]
    assert int(props["CR:max-resource-size"].text) > 100000
    assert {t.get("version") for t in props["CR:supported-address-data"]} >= {"3.0", "4.0"}
    props = ann.propfind(calendar, "C:max-resource-size").responses()[calendar]["props"]
    assert int(props["C:max-resource-size"].text) > 100000
    for version in ("3.0", "4.0"):
        path = f"{book}{version}.vcf"
        assert ann.put_card(path, card(version, version=version)).status == 201
        assert ann("GET", path).body == card(version, version=version).encode()
        answer = ann.report(book, xml_doc(
            "CR:addressbook-multiget", f"<D:prop><CR:address-data/></D:prop><D:href>{path}</D:href>"))
        text = answer.responses()[path]["props"]["CR:address-data"].text
        assert f"VERSION:{version}" in text
        other = "4.0" if version == "3.0" else "3.0"
        answer = ann.report(book, xml_doc(
            "CR:addressbook-multiget", f"<D:prop><CR:address-data content-type='text/vcard' version='{other}'/>"
            f"</D:prop><D:href>{path}</D:href>"))
        assert f"VERSION:{other}" in answer.responses()[path]["props"]["CR:address-data"].text
