/* demo_crm.h - two years of the demo company's business: campaigns, accounts, leads, deals, cases,
 * and what was said about them.
 *
 * Everything is made through drafts as any door makes it, at the time it happened, so that figures
 * and history come out of it. The same every time, but for the day it is made on. Memory: a batch
 * has an arena of its own. Threads: the main thread. */
#ifndef KONTOR_APP_DEMO_CRM_H
#define KONTOR_APP_DEMO_CRM_H

#include "app/desk.h"

/* In a house where demo_people() are. */
bool demo_crm(struct desk *desk) must_check;

#endif
