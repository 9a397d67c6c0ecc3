#include "base/arena.h"

#include <pthread.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
/* Nothing is recycled, so that the sanitizer sees every use after arena_free(). */
#define RECYCLE 0
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define RECYCLE        1
#endif

enum {
	ALIGN = 16,
	FIRST_BLOCK = 16 * 1024,
	CLASSES = 7,    /* 16 KiB doubled six times: 1 MiB */
	LARGE_PART = 4, /* what would fill a quarter of the next block gets a block of its own */
};

struct block {
	struct block *next;
	size_t size; /* of the whole, this header included */
	_Alignas(ALIGN) char data[];
};

struct owned {
	struct owned *next;
	void *object;
	void (*free_fn)(void *);
};

struct arena {
	struct block *blocks; /* newest first; the arena itself lives in the oldest */
	struct block *large;
	struct owned *owned;
	char *at, *end; /* free space of the newest block */
	char *last;     /* the newest piece of that block: it can grow in place */
	size_t taken;
	int class; /* of the next block */
};

/* Blocks of ended arenas, kept by the thread that ended them. */
struct spare {
	struct block *list[CLASSES];
	int count[CLASSES];
	bool known; /* to thread_ends */
};

static const int SPARE_MAX[CLASSES] = { 16, 4, 2, 1 };
static _Thread_local struct spare spare;
static pthread_key_t thread_ends;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void spare_clear(void *arg)
{
	struct spare *mine = arg;

	for (int i = 0; i < CLASSES; i++) {
		while (mine->list[i]) {
			struct block *block = mine->list[i];

			mine->list[i] = block->next;
			free(block);
		}
		mine->count[i] = 0;
	}
	mine->known = false;
}

static void spare_setup(void)
{
	if (pthread_key_create(&thread_ends, spare_clear))
		abort();
}

/* Main ends by exit(), which runs no thread-specific destructors: leaks of a few blocks that are
 * still reachable, which is what leak checkers call no leak. */
static void spare_know(void)
{
	pthread_once(&once, spare_setup);
	if (pthread_setspecific(thread_ends, &spare))
		abort();
	spare.known = true;
}

static struct block *block_malloc(size_t size)
{
	struct block *block = malloc(size);

	if (!block)
		abort();
	block->size = size;
	return block;
}

static struct block *block_take(int class)
{
	struct block *block = spare.list[class];

	if (!block)
		return block_malloc((size_t)FIRST_BLOCK << class);
	spare.list[class] = block->next;
	spare.count[class]--;
	return block;
}

static void block_give(struct block *block)
{
	int class = 0;

	while (class < CLASSES && (size_t)FIRST_BLOCK << class != block->size)
		class ++;
	if (!RECYCLE || class == CLASSES || spare.count[class] >= SPARE_MAX[class]) {
		UNPOISON(block, block->size);
		free(block);
		return;
	}
	if (!spare.known)
		spare_know();
	block->next = spare.list[class];
	spare.list[class] = block;
	spare.count[class]++;
}

static size_t rounded(size_t size)
{
	if (size > SIZE_MAX / 2)
		abort();
	return size ? (size + ALIGN - 1) & ~(size_t)(ALIGN - 1) : ALIGN;
}

struct arena *arena_new(void)
{
	struct block *block = block_take(0);
	struct arena *arena = (struct arena *)block->data;
	char *start = block->data + rounded(sizeof(*arena));

	block->next = NULL;
	*arena = (struct arena){
		.blocks = block,
		.at = start,
		.end = (char *)block + block->size,
		.class = 1,
	};
	POISON(start, (size_t)(arena->end - start));
	return arena;
}

void arena_free(struct arena **arena_ptr)
{
	struct arena *arena = *arena_ptr;
	struct block *block, *next;

	*arena_ptr = NULL;
	if (!arena)
		return;
	while (arena->owned) {
		struct owned *owned = arena->owned;

		arena->owned = owned->next;
		owned->free_fn(owned->object);
	}
	for (block = arena->large; block; block = next) {
		next = block->next;
		UNPOISON(block, block->size);
		free(block);
	}
	/* The oldest block comes last: the arena itself is in it. */
	for (block = arena->blocks; block; block = next) {
		next = block->next;
		block_give(block);
	}
}

static void *take_large(struct arena *arena, size_t size)
{
	struct block *block = block_malloc(sizeof(*block) + size);

	block->next = arena->large;
	arena->large = block;
	arena->taken += size;
	return block->data;
}

static void next_block(struct arena *arena)
{
	struct block *block = block_take(arena->class);

	if (arena->class < CLASSES - 1)
		arena->class ++;
	block->next = arena->blocks;
	arena->blocks = block;
	arena->at = block->data;
	arena->end = (char *)block + block->size;
	POISON(arena->at, (size_t)(arena->end - arena->at));
}

void *arena_raw(struct arena *arena, size_t size)
{
	size_t room = rounded(size);
	char *ptr;

	if (room > (size_t)(arena->end - arena->at)) {
		if (room >= ((size_t)FIRST_BLOCK << arena->class) / LARGE_PART)
			return take_large(arena, room);
		next_block(arena);
	}
	ptr = arena->at;
	arena->at += room;
	arena->last = ptr;
	arena->taken += room;
	UNPOISON(ptr, size);
	return ptr;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	return memset(arena_raw(arena, size), 0, size);
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		abort();
	return arena_alloc(arena, bytes);
}

/* A growing buffer is often the newest large block: realloc() moves pages instead of bytes and
 * leaves no earlier copies behind. */
static void *grow_large(struct arena *arena, size_t size)
{
	size_t room = rounded(size);
	size_t had = arena->large->size - sizeof(struct block);
	struct block *block;

	if (room <= had)
		return arena->large->data;
	block = realloc(arena->large, sizeof(*block) + room);
	if (!block)
		abort();
	block->size = sizeof(*block) + room;
	arena->large = block;
	arena->taken += room - had;
	return block->data;
}

void *arena_grow(struct arena *arena, void *ptr, size_t used, size_t size)
{
	void *moved;

	if (ptr && ptr == arena->last && rounded(size) <= (size_t)(arena->end - arena->last)) {
		char *end = arena->last + rounded(size);

		if (end > arena->at) {
			arena->taken += (size_t)(end - arena->at);
			arena->at = end;
		}
		UNPOISON(ptr, size);
		return ptr;
	}
	if (ptr && arena->large && ptr == arena->large->data)
		return grow_large(arena, size);
	moved = arena_raw(arena, size);
	if (used)
		memcpy(moved, ptr, used);
	return moved;
}

void *arena_own(struct arena *arena, void *object, void (*free_fn)(void *))
{
	struct owned *owned;

	if (!object)
		return NULL;
	owned = arena_make(arena, struct owned);
	*owned = (struct owned){ arena->owned, object, free_fn };
	arena->owned = owned;
	return object;
}

char *arena_cstr(struct arena *arena, struct text text)
{
	char *copy = arena_raw(arena, text.len + 1);

	if (text.len)
		memcpy(copy, text.ptr, text.len);
	copy[text.len] = '\0';
	return copy;
}

struct text arena_text(struct arena *arena, struct text text)
{
	if (!text.ptr)
		return TEXT_NONE;
	return (struct text){ arena_cstr(arena, text), text.len };
}

struct text arena_printf(struct arena *arena, const char *format, ...)
{
	char first[256];
	va_list args;
	int len;
	char *out;

	va_start(args, format);
	len = vsnprintf(first, sizeof(first), format, args);
	va_end(args);
	if (len < 0)
		abort();
	if ((size_t)len < sizeof(first))
		return arena_text(arena, (struct text){ first, (size_t)len });
	out = arena_raw(arena, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(out, (size_t)len + 1, format, args);
	va_end(args);
	return (struct text){ out, (size_t)len };
}

size_t arena_size(const struct arena *arena)
{
	return arena->taken;
}
