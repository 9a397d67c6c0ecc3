/* Claims: what was written is read, and written again as it was. */
#include "fuzz.h"
#include "wire/flowed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct text text = { (const char *)data, size };
	struct text written = flowed_write(arena, text);

	FUZZ_CLAIM(text_eq(flowed_write(arena, flowed_read(arena, written, false)), written));
	flowed_read(arena, text, true);
	arena_free(&arena);
	return 0;
}
