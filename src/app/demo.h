/* demo.h - what is in the demo company (demo.tbl.h), as objects.
 * Memory: the command's arena. Threads: the main thread. */
#ifndef KONTOR_APP_DEMO_H
#define KONTOR_APP_DEMO_H

#include "app/desk.h"

/* The people, as people/import.h wants them. */
struct text demo_people(struct arena *arena);
/* Collections, shares, events, tasks, cards, in a house where these people are. */
bool demo_fill(struct desk *desk) must_check;

#endif
