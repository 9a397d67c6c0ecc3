/* names.tbl.h - every XML element name we know. Sorted by need, aligned by hand.
 *  namespace, id, local name: makes DAV_multistatus, CAL_calendar_data ... */
NAME(DAV, multistatus,             "multistatus")
NAME(DAV, response,                "response")
NAME(DAV, href,                    "href")
NAME(DAV, propstat,                "propstat")
NAME(DAV, prop,                    "prop")
NAME(DAV, status,                  "status")
NAME(DAV, error,                   "error")
NAME(DAV, responsedescription,     "responsedescription")
NAME(DAV, propfind,                "propfind")
NAME(DAV, allprop,                 "allprop")
NAME(DAV, propname,                "propname")
NAME(DAV, include,                 "include")
