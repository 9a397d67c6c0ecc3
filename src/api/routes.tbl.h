/* routes.tbl.h - every address below /api/v1. The first row that fits wins. Aligned by hand.
 * {noun}: a name of crm/noun.tbl.h; {id}: a number; {name}: any one segment.
 * schemas/openapi.yaml says what goes in and out of each.
 *  method, address,                          handler */
API(POST,   "session",                        api_session_start)
API(GET,    "session",                        api_session_get)
API(DELETE, "session",                        api_session_end)
API(GET,    "me",                             api_me)
API(PATCH,  "me/preferences",                 api_preferences_set)
API(POST,   "me/password",                    api_password_set)
API(GET,    "events",                         api_events)
API(GET,    "dashboards/{name}",              api_dashboard)
API(GET,    "figures",                        api_figures)
