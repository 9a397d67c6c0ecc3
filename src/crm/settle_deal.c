/* settle_deal.c - a deal: its pipeline and stage, won and lost. */
#include "base/base.h"
#include "base/str.h"
#include "crm/money.h"
#include "crm/settle.h"

/* The first stage of the pipeline that is open. */
static bool first_stage(struct work *work, int64_t pipeline, int64_t *stage)
{
	struct crm_rows rows;

	*stage = 0;
	if (!crm_rows_of(work, CRM_STAGE, pipeline, &rows))
		return false;
	for (size_t i = 0; i < rows.len && !*stage; i++)
		if (text_eq(crm_get_text(rows.at[i].values, "type"), TEXT("open")))
			*stage = rows.at[i].id;
	return *stage || err_field(&work->err, "pipeline", "this pipeline has no open stage");
}

static bool preset_pipeline(struct work *work, int64_t *pipeline)
{
	struct crm_rows rows;

	if (!crm_rows_of(work, CRM_PIPELINE, -1, &rows))
		return false;
	*pipeline = rows.len ? rows.at[0].id : 0;
	for (size_t i = rows.len; i-- > 0;)
		if (crm_get_bool(rows.at[i].values, "preset"))
			*pipeline = rows.at[i].id;
	return *pipeline || err_field(&work->err, "pipeline", "the company has no pipeline");
}

/* A stage says its pipeline; a pipeline alone, its first stage. */
static bool settle_stage(struct work *work, struct crm_draft *draft)
{
	int64_t pipeline = draft_int(draft, "pipeline"), stage = draft_int(draft, "stage");
	struct standing s;

	if (!stage || (draft_moved(draft, "pipeline") && !draft_moved(draft, "stage"))) {
		if ((!pipeline && !preset_pipeline(work, &pipeline)) ||
		        !first_stage(work, pipeline, &stage))
			return false;
		draft_put_int(draft, "stage", stage);
	}
	if (!standing_of(work, CRM_DEAL, draft->now, &s))
		return false;
	if (pipeline && draft_moved(draft, "pipeline") && s.pipeline != pipeline)
		return err_field(&work->err, "stage", "this stage belongs to another pipeline");
	draft_put_int(draft, "pipeline", s.pipeline);
	return true;
}

/* Somebody at a keyboard can say why; a phone cannot, nor can files and forms: they are asked. */
static bool settle_reason(struct work *work, struct crm_draft *draft)
{
	if (draft_text(draft, "lost_reason").len) {
		draft_answer(work, draft, "lost_reason");
		return true;
	}
	if (draft->via == VIA_WEB || draft->via == VIA_API)
		return err_field(&work->err, "lost_reason", "say why it was lost");
	if (draft->via == VIA_DAV)
		draft_ask(work, draft, "lost_reason", "Why was it lost?");
	return true;
}

/* What is won or lost has no chance of its own any more. */
static bool settle_end(struct work *work, struct crm_draft *draft)
{
	struct standing was, is;
	bool moved;

	if (!standing_of(work, CRM_DEAL, draft->before, &was) ||
	        !standing_of(work, CRM_DEAL, draft->now, &is))
		return false;
	moved = draft_is_new(draft) || was.state != is.state;
	if (moved) {
		draft_put_int(draft, "won_at", is.state == STATE_GOOD ? draft->at : 0);
		draft_put_int(draft, "lost_at", is.state == STATE_BAD ? draft->at : 0);
	}
	if (is.state != STATE_OPEN)
		draft_put(draft, "probability", NULL);
	if (is.state != STATE_BAD) {
		draft_put(draft, "lost_reason", NULL);
		draft_answer(work, draft, "lost_reason");
		return true;
	}
	return !moved && !draft_moved(draft, "lost_reason") ? true : settle_reason(work, draft);
}

bool settle_deal(struct work *work, struct crm_draft *draft)
{
	settle_owner(work, draft);
	if (draft_is_new(draft) && !draft_text(draft, "forecast").len)
		draft_put_text(draft, "forecast", TEXT("pipeline"));
	return settle_stage(work, draft) && settle_end(work, draft) &&
	       settle_account(work, draft) && money_settle(work, draft, "amount");
}
