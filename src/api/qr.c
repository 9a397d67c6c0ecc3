/* qr.c - a QR code as one path of an SVG. */
#include "base/base.h"
#include "api/setup.h"

#ifdef HAVE_LIBQRENCODE
#include <qrencode.h>

enum { QUIET = 4 }; /* modules around it (ISO 18004) */

static void draw(struct buf *out, const QRcode *code)
{
	for (int y = 0; y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			if (code->data[y * code->width + x] & 1)
				buf_printf(out, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
}

struct text setup_qr(struct arena *arena, struct text words)
{
	QRcode *code = QRcode_encodeString8bit(arena_cstr(arena, words), 0, QR_ECLEVEL_M);
	struct buf out;
	int size;

	if (!code)
		return TEXT_NONE;
	size = code->width + 2 * QUIET;
	buf_init(&out, arena);
	buf_printf(&out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
	        "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>"
	        "<path d=\"",
	        size, size, size, size);
	draw(&out, code);
	buf_add(&out, TEXT("\"/></svg>"));
	QRcode_free(code);
	return buf_text(&out);
}

#else

struct text setup_qr(struct arena *arena, struct text words)
{
	(void)arena, (void)words;
	return TEXT_NONE;
}

#endif
