"""RFC 4918 9.1: allprop is WebDAV's own and the dead properties; what CalDAV and CardDAV define comes when it is asked for."""
from dav import xml_doc


def it_is_so(ann, calendar, book):
    for path, prefix, name in ((calendar, "C", "calendar-description"), (book, "CR", "addressbook-description")):
        assert ann("PROPPATCH", path, xml_doc(
            "D:propertyupdate", f"<D:set><D:prop><{prefix}:{name}>Ours</{prefix}:{name}><A:calendar-color>#123456</A:calendar-color>"
            "<CS:odd>x</CS:odd></D:prop></D:set>"), Content_Type="text/xml").status == 207
        def ask(inside):
            return ann("PROPFIND", path, xml_doc("D:propfind", inside), Depth="0", Content_Type="text/xml"
                       ).responses()[path]["props"]
        props = ask("<D:allprop/>")
        assert {"CS:odd", "A:calendar-color", "D:resourcetype", "D:displayname"} <= set(props)
        assert not [n for n in props if n.startswith(("C:", "CR:"))]
        assert not {"D:acl", "D:quota-used-bytes", "D:supported-report-set", "D:current-user-privilege-set"} & set(props)
        included = ask(f"<D:allprop/><D:include><{prefix}:{name}/><D:supported-report-set/></D:include>")
        assert included[f"{prefix}:{name}"].text == "Ours" and "D:supported-report-set" in included
        names = ask("<D:propname/>")
        assert {f"{prefix}:{name}", "CS:odd", "D:acl"} <= set(names)
        assert all(not e.text and not len(e) for e in names.values())
