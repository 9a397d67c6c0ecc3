"""bulk-requests stands on calendars and address books, and names both requests with their limits."""
ME = "{http://me.com/_namespace/}"


def it_tells(ann, calendar, book):
    body = ('<D:propfind xmlns:D="DAV:"><D:prop><M:bulk-requests xmlns:M="http://me.com/_namespace/"/>'
            "</D:prop></D:propfind>")
    for path in (calendar, book):
        answer = ann("PROPFIND", path, body, Depth="0", Content_Type="application/xml")
        limits = answer.responses()[path]["props"][ME + "bulk-requests"]
        for name in ("simple", "crud"):
            assert int(limits.find(f"{ME}{name}/{ME}max-resources").text) == 1000
            assert int(limits.find(f"{ME}{name}/{ME}max-bytes").text) == 12 * 1024 * 1024
    answer = ann("PROPFIND", "/calendars/ann/", body, Depth="0", Content_Type="application/xml")
    assert answer.responses()["/calendars/ann/"]["missing"] == {ME + "bulk-requests": 404}
