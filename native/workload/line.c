#include "line.h"

#include "platform.h"

static void append(struct line *line, char character)
{
    /* The last byte is the line feed's. */
    if (line->length < sizeof line->text - 1) {
        line->text[line->length++] = character;
    }
}

void line_begin(struct line *line, const char *kind)
{
    line->length = 0;
    line_text(line, "gb1 ");
    line_text(line, kind);
}

void line_text(struct line *line, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char character = (unsigned char)*text;
        append(line, character < ' ' || character == 0x7f ? '?' : *text);
    }
}

void line_number(struct line *line, uint64_t number)
{
    char digits[20];
    size_t count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) {
        append(line, digits[--count]);
    }
}

void line_hex(struct line *line, uint32_t number, unsigned digits)
{
    while (digits > 0) {
        digits--;
        append(line, "0123456789abcdef"[number >> (4 * digits) & 0xf]);
    }
}

void line_field(struct line *line, const char *name, uint64_t number)
{
    line_text(line, " ");
    line_text(line, name);
    line_text(line, "=");
    line_number(line, number);
}

void line_print(struct line *line)
{
    line->text[line->length] = '\n';
    console_print(line->text, line->length + 1);
}
