/* setup.h - what makes setting up a phone easy: a picture of the address, a profile for Apple's.
 * Memory: in the call's arena. Threads: pure. */
#ifndef KONTOR_API_SETUP_H
#define KONTOR_API_SETUP_H

#include "api/door.h"
#include "base/codec.h"

/* "https://kontor.example/": what the browser calls us. */
struct text setup_base(struct call *c);
/* A QR code as an SVG; absent where we were built without libqrencode, or it does not fit. */
struct text setup_qr(struct arena *arena, struct text words);
/* A configuration profile (XML plist) with a CalDAV and a CardDAV account of work.who, without a
 * password: the phone asks for it. */
struct text setup_profile(struct call *c);

#endif
