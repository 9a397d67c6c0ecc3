#include "base/base.h"
#include "base/clock.h"
#include "base/thread.h"
#include "capture/form_gate.h"

#include <stdlib.h>

enum { ADDRESSES = 512, ADDRESS_BYTES = 48, MINUTE_MS = 60000, HOUR_MS = 3600000, LOCK_RANK = 30 };

struct counted {
	char address[ADDRESS_BYTES];
	int64_t since, seen, count;
};

struct form_gate {
	struct lock lock;
	int64_t since, count; /* of everybody, this hour */
	struct counted at[ADDRESSES];
};

struct form_gate *form_gate_new(void)
{
	struct form_gate *gate = calloc(1, sizeof(*gate));

	assert(gate);
	lock_init(&gate->lock, "form-gate", LOCK_RANK);
	return gate;
}

void form_gate_free(struct form_gate **gate)
{
	free(*gate);
	*gate = NULL;
}

static struct counted *slot_of(struct form_gate *gate, const char *address)
{
	struct counted *oldest = &gate->at[0];

	for (size_t i = 0; i < ADDRESSES; i++) {
		if (!strcmp(gate->at[i].address, address))
			return &gate->at[i];
		if (gate->at[i].seen < oldest->seen)
			oldest = &gate->at[i];
	}
	*oldest = (struct counted){ 0 };
	memcpy(oldest->address, address, strlen(address) + 1);
	return oldest;
}

static void count(int64_t *since, int64_t *n, int64_t now, int64_t span)
{
	if (!*n || now - *since >= span) {
		*since = now;
		*n = 0;
	}
	++*n;
}

bool form_gate_passes(struct form_gate *gate, const struct settings *settings, struct text address)
{
	char name[ADDRESS_BYTES] = "";
	int64_t now = clock_mono_ms();
	struct counted *slot;
	bool passes;

	if (!gate)
		return true;
	memcpy(name, address.ptr ? address.ptr : "",
	        address.len < sizeof(name) ? address.len : sizeof(name) - 1);
	lock_take(&gate->lock);
	slot = slot_of(gate, name);
	slot->seen = now;
	count(&slot->since, &slot->count, now, MINUTE_MS);
	count(&gate->since, &gate->count, now, HOUR_MS);
	passes = slot->count <= settings->capture_form_per_minute &&
	         gate->count <= settings->capture_forms_per_hour;
	lock_give(&gate->lock);
	return passes;
}
