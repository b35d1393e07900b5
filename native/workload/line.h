/* Lines of the protocol, each put together in memory and printed at once. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct line {
    char text[512];
    size_t length;
};

/* Starts a line with `gb1` and `kind`. */
void line_begin(struct line *line, const char *kind);

/*
 * Appends to a line; what does not fit is left out. A control character of a text becomes `?`, so
 * that no word of the command line can forge a line.
 */
void line_text(struct line *line, const char *text);
void line_number(struct line *line, uint64_t number);
void line_hex(struct line *line, uint32_t number, unsigned digits);

/* Appends ` name=number`. */
void line_field(struct line *line, const char *name, uint64_t number);

void line_print(struct line *line);
