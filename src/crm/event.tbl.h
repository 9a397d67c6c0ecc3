/* event.tbl.h - what can happen to a record, and what the columns of crm_event mean then. Numbers are stored: never
 * renumber. Behind each: from_value, to_value; from_num, to_num; seconds */
EVENT(CREATED,   1,  "created")         /* "", status or stage name;      state * 2^32 + stage or status row id, amount in the company's currency (deals, leads) */
EVENT(STATUS,    2,  "status")          /* old, new status name (stage name for deals); old, new state (0 open, 1 good, 2 bad) * 2^32 + stage or status row id; seconds in the old one */
EVENT(OWNER,     3,  "owner")           /* "", "";                        old, new owner's id */
EVENT(TEAM,      4,  "team")            /* "", "";                        old, new team's id */
EVENT(AMOUNT,    5,  "amount")          /* "", "";                        old, new amount in the company's currency */
EVENT(CLOSE,     6,  "close")           /* "", "";                        old, new expected close (UTC midnight seconds); also right behind CREATED, where there is one */
EVENT(CHANCE,    7,  "chance")          /* old, new forecast category;    old, new probability in per cent (the deal's own, else its stage's); also right behind CREATED, and behind a STATUS that changes it */
EVENT(CONVERTED, 8,  "converted")       /* "", "";                        account id, deal id (0: none) */
EVENT(RESPONDED, 9,  "responded")       /* "", note category;             0, record id of the note or meeting; seconds since creation (first one only) */
EVENT(REOPENED,  10, "reopened")        /* old status, new;               closed_at, count */
EVENT(CAMPAIGN,  11, "campaign")        /* "", "";                        old, new campaign (each touch; the first and last count) */
EVENT(DELETED,   12, "deleted")         /* status, "";                    amount, 0 */
EVENT(RESTORED,  13, "restored")        /* "", status;                    0, amount */
EVENT(MERGED,    14, "merged")          /* "", "";                        0, id of the record it was merged into */
EVENT(UNDONE,    15, "undone")          /* old, new status (as STATUS), or "", "";  id of the event that is void from now on, what STATUS or AMOUNT would say of `to`. Figures leave the voided one out; nothing else happened */
