/* kpi.tbl.h - every figure: dashboards, GET /figures and docs/figures.md come from here. Aligned by
 * hand. name, unit, rule, what is listed behind it, better (1 more, -1 less, 0 neither),
 * dashboards, label, definition "P" is the period [from, to) in the company's time zone, "the end"
 * its end or the as-of time if that is earlier. A figure's function is kpi_of_NAME(), in the
 * crm/kpi_*.c of its noun. */
/* ---- deals ---- */
KPI(won_count, COUNT, NUMBER, DEAL, 1, HOME | SALES | MANAGER | COMPANY, "Won deals",
        "Deals that became won in P and are won at the end")
KPI(won_amount, MONEY, SUM, DEAL, 1, HOME | SALES | MANAGER | COMPANY, "Won",
        "Amounts of the deals that became won in P and are won at the end")
KPI(lost_count, COUNT, NUMBER, DEAL, -1, SALES | MANAGER | COMPANY, "Lost deals",
        "Deals that became lost in P and are lost at the end")
KPI(lost_amount, MONEY, SUM, DEAL, -1, SALES | MANAGER | COMPANY, "Lost",
        "Amounts of the deals that became lost in P and are lost at the end")
KPI(win_rate, PERCENT, SHARE, DEAL, 1, SALES | MANAGER | COMPANY, "Win rate",
        "Won in P / (won + lost in P), by count; none where nothing closed")
KPI(win_rate_amount, PERCENT, SHARE, DEAL, 1, SALES | MANAGER | COMPANY, "Win rate by amount",
        "Won in P / (won + lost in P), by amount; none where nothing closed")
KPI(open_deals, COUNT, NUMBER, DEAL, 1, SALES | MANAGER | COMPANY, "Open deals",
        "Deals open at the end")
KPI(open_amount, MONEY, SUM, DEAL, 1, HOME | SALES | MANAGER | COMPANY, "Pipeline",
        "Amounts of the deals open at the end")
KPI(weighted_pipeline, MONEY, SUM, DEAL, 1, HOME | SALES | MANAGER | COMPANY, "Weighted pipeline",
        "Sum over the deals open at the end of amount x probability (the deal's own, else the "
        "stage's)")
KPI(coverage, PERCENT, OF_BASE, DEAL, 1, SALES | MANAGER | COMPANY, "Coverage",
        "Weighted amount of the deals open at the end that are expected to close in P / (goal for "
        "P - won in P); none without a goal, and where it is reached")
KPI(forecast_closed, MONEY, SUM, DEAL, 1, SALES | MANAGER | COMPANY, "Forecast: closed", "Won in P")
KPI(forecast_commit, MONEY, SUM, DEAL, 1, SALES | MANAGER | COMPANY, "Forecast: commit",
        "Closed, and the open deals of category commit that are not expected later than in P")
KPI(forecast_best, MONEY, SUM, DEAL, 1, SALES | MANAGER | COMPANY, "Forecast: best case",
        "Commit, and the open deals of category best case that are not expected later than in P")
KPI(forecast_pipeline, MONEY, SUM, DEAL, 1, SALES | MANAGER | COMPANY, "Forecast: pipeline",
        "All deals open at the end, of whatever category and date")
KPI(goal_attainment, PERCENT, OF_BASE, DEAL, 1, HOME | SALES | MANAGER | COMPANY, "Goal, to date",
        "Won in P / the part of the goal for P that is due by the end (linear, or by the goal's "
        "curve)")
KPI(goal_full, PERCENT, OF_BASE, DEAL, 1, HOME | SALES | MANAGER | COMPANY, "Goal, in full",
        "Won in P / the goal for P")
KPI(stage_conversion, PERCENT, SHARE, DEAL, 1, SALES | MANAGER | COMPANY, "Stage conversion",
        "Of the deals that first entered a stage in P, the share that ever reached a later open "
        "stage or won; lost ones stay in, re-entries count once; over all stages here, stage by "
        "stage in the list")
KPI(age_in_stage, DAYS, MEDIAN, DEAL, -1, SALES | MANAGER | COMPANY, "Age in stage",
        "Deals open at the end: the end - when they entered their stage; median and mean")
KPI(time_in_stage, DAYS, MEDIAN, DEAL, -1, SALES | MANAGER | COMPANY, "Time in stage",
        "Visits to open stages that ended in P: time spent, visit by visit; median and mean")
KPI(sales_cycle, DAYS, MEDIAN, DEAL, -1, SALES | MANAGER | COMPANY, "Sales cycle",
        "Deals won in P: won at - created; median days")
KPI(stale_deals, COUNT, NUMBER, DEAL, -1, SALES | MANAGER | COMPANY, "Stale deals",
        "Deals open at the end with no note, meeting, finished task or change of stage for longer "
        "than twice the median time in their stage (visits that ended in the year before, of "
        "everybody)")
KPI(pipeline_start, MONEY, SUM, DEAL, 0, COMPANY | MANAGER, "Waterfall: start",
        "Amounts of the deals open when P begins that are then expected to close in P")
KPI(pipeline_created, MONEY, SUM, DEAL, 1, COMPANY | MANAGER, "Waterfall: created",
        "What came into that pipeline in P: deals created, opened again, moved into P, taken over, "
        "or closed in P though expected later")
KPI(pipeline_raised, MONEY, SUM, DEAL, 1, COMPANY | MANAGER, "Waterfall: raised",
        "Amounts raised in P while in that pipeline")
KPI(pipeline_lowered, MONEY, SUM, DEAL, -1, COMPANY | MANAGER, "Waterfall: lowered",
        "Amounts lowered in P while in that pipeline")
KPI(pipeline_won, MONEY, SUM, DEAL, 1, COMPANY | MANAGER, "Waterfall: won", "Won in P")
KPI(pipeline_lost, MONEY, SUM, DEAL, -1, COMPANY | MANAGER, "Waterfall: lost", "Lost in P")
KPI(pipeline_slipped, MONEY, SUM, DEAL, -1, COMPANY | MANAGER, "Waterfall: slipped",
        "What left that pipeline in P without closing: moved out of P, handed over, deleted")
KPI(pipeline_end, MONEY, SUM, DEAL, 0, COMPANY | MANAGER, "Waterfall: end",
        "Amounts of the deals open at the end that are expected to close in P: start + created + "
        "raised - lowered - won - lost - slipped")
/* ---- leads ---- */
KPI(leads_created, COUNT, NUMBER, LEAD, 1, HOME | SALES | MANAGER | COMPANY | CAMPAIGNS,
        "New leads", "Leads created in P")
KPI(leads_converted, COUNT, NUMBER, LEAD, 1, SALES | MANAGER | COMPANY | CAMPAIGNS,
        "Converted leads", "Leads converted in P, whenever they were created")
KPI(lead_conversion, PERCENT, SHARE, LEAD, 1, SALES | MANAGER | COMPANY | CAMPAIGNS,
        "Lead conversion",
        "Of the leads created in P, the share converted by the as-of time; by source, campaign and "
        "rep in the lists")
KPI(lead_response, SECONDS, MEDIAN, LEAD, -1, SALES | MANAGER, "Lead response",
        "Leads created in P: first outbound human act (call, mail, meeting held) - created; median "
        "and 90th percentile of those answered; automatic replies don't count")
KPI(lead_response_business, SECONDS, MEDIAN, LEAD, -1, SALES | MANAGER,
        "Lead response, business hours", "The same in business hours")
KPI(lead_within_hour, PERCENT, SHARE, LEAD, 1, SALES | MANAGER, "Leads answered within the hour",
        "Of the leads created in P that were answered or have waited for an hour: the share "
        "answered within 60 minutes")
KPI(leads_waiting, COUNT, NUMBER, LEAD, -1, HOME | SALES | MANAGER, "Leads waiting",
        "Leads open at the end, of a status of type new, that nobody has answered")
KPI(leads_unassigned, COUNT, NUMBER, LEAD, -1, MANAGER, "Unassigned leads",
        "Leads open at the end that nobody owns")
/* ---- campaigns ---- */
KPI(campaign_cost, MONEY, SUM, COST, -1, CAMPAIGNS | MANAGER, "Campaign cost",
        "Cost lines dated in P, each counted once")
KPI(cost_per_lead, MONEY, BASE_PER, LEAD, -1, CAMPAIGNS | MANAGER, "Cost per lead",
        "Campaign cost in P / leads created in P whose first touch is a campaign")
KPI(cost_per_qualified, MONEY, BASE_PER, LEAD, -1, CAMPAIGNS | MANAGER, "Cost per qualified lead",
        "Campaign cost in P / leads converted in P whose first touch is a campaign")
KPI(cost_per_won, MONEY, BASE_PER, DEAL, -1, CAMPAIGNS | MANAGER, "Cost per won deal",
        "Campaign cost in P / deals won in P whose first touch is a campaign")
KPI(campaign_return_first, PERCENT, RETURN, DEAL, 1, CAMPAIGNS | MANAGER,
        "Campaign return, first touch",
        "(amount won in P of deals whose first touch is a campaign - cost in P) / cost in P")
KPI(campaign_return_last, PERCENT, RETURN, DEAL, 1, CAMPAIGNS | MANAGER,
        "Campaign return, last touch", "The same with the last touch before the deal was won")
/* ---- cases ---- */
KPI(cases_opened, COUNT, NUMBER, CASE, 0, SUPPORT | MANAGER | COMPANY, "Opened cases",
        "Cases created in P, and each time one was opened again in P")
KPI(cases_closed, COUNT, NUMBER, CASE, 1, SUPPORT | MANAGER | COMPANY, "Closed cases",
        "Each time a case was closed, rejected or found to be a duplicate in P")
KPI(cases_open, COUNT, NUMBER, CASE, -1, HOME | SUPPORT | MANAGER | COMPANY, "Open cases",
        "Cases open at the end")
KPI(backlog_change, COUNT, SUM, CASE, -1, SUPPORT | MANAGER | COMPANY, "Backlog change",
        "Opened - closed in P")
KPI(backlog_oldest, SECONDS, HIGHEST, CASE, -1, SUPPORT | MANAGER | COMPANY, "Oldest open case",
        "The age of the oldest case open at the end")
KPI(backlog_age, SECONDS, MEDIAN, CASE, -1, SUPPORT | MANAGER | COMPANY, "Age of open cases",
        "Cases open at the end: the end - created; median and 90th percentile")
KPI(first_response, SECONDS, MEDIAN, CASE, -1, SUPPORT | MANAGER, "First response",
        "Cases first answered in P: first human public reply - first inbound message; median and "
        "90th percentile; automatic replies don't count")
KPI(first_response_business, SECONDS, MEDIAN, CASE, -1, SUPPORT | MANAGER,
        "First response, business time", "The same in business time")
KPI(resolution, SECONDS, MEDIAN, CASE, -1, SUPPORT | MANAGER | COMPANY, "Resolution",
        "Cases closed in P (not rejected, no duplicates) and closed at the end: closed - created; "
        "median and 90th percentile")
KPI(resolution_business, SECONDS, MEDIAN, CASE, -1, SUPPORT | MANAGER | COMPANY,
        "Resolution, business time", "The same in business time, without the time in Pending")
KPI(sla_response, PERCENT, SHARE, CASE, 1, SUPPORT | MANAGER | COMPANY, "SLA met: response",
        "Of the response targets due in P, the share met: answered, or closed, by then; a breach "
        "counts when the clock passes; rejected cases and duplicates have no target")
KPI(sla_resolution, PERCENT, SHARE, CASE, 1, SUPPORT | MANAGER | COMPANY, "SLA met: resolution",
        "Of the resolution targets due in P, the share met: closed at that time; a breach counts "
        "when the clock passes; rejected cases and duplicates have no target")
KPI(reopen_rate, PERCENT, SHARE, CASE, -1, SUPPORT | MANAGER | COMPANY, "Reopen rate",
        "Of the times a case was closed in P, the share opened again within 14 days")
KPI(cases_reopened, COUNT, NUMBER, CASE, -1, SUPPORT | MANAGER, "Reopened cases",
        "Each time a case was opened again in P")
KPI(complaints, COUNT, NUMBER, CASE, -1, SUPPORT | MANAGER | COMPANY, "Complaints",
        "Cases of kind complaint created in P")
KPI(complaint_rate, COUNT, PER_100, CASE, -1, COMPANY, "Complaint rate",
        "Complaints in P per 100 active accounts: those with a deal or case that was open at some "
        "time in the year before the end")
KPI(cases_unassigned, COUNT, NUMBER, CASE, -1, SUPPORT | MANAGER, "Unassigned cases",
        "Cases open at the end that nobody owns")
KPI(cases_at_risk, COUNT, NUMBER, CASE, -1, HOME | SUPPORT | MANAGER, "Cases at risk",
        "Cases open at the end with a target, of response or resolution, that has passed or is due "
        "within four hours")
/* ---- what people do ---- */
KPI(notes_written, COUNT, NUMBER, NOTE, 1, SALES | SUPPORT | MANAGER, "Communications",
        "Notes, mails, calls and chats on the timelines, dated in P")
KPI(meetings_held, COUNT, NUMBER, MEETING, 1, SALES | MANAGER, "Meetings held",
        "Meetings, calls and visits that began in P and were held")
KPI(tasks_done, COUNT, NUMBER, TASK, 1, SALES | SUPPORT | MANAGER, "Tasks done",
        "Tasks and next steps finished in P")
