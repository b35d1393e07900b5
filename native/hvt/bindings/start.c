#include "bindings.h"
#include "solo5.h"

#define PAGE_BYTES 4096u

/* Keeps a host from running a unikernel as its own program. */
__attribute__((used, section(".interp"))) static const char interpreter[] = "/nonexistent/solo5/";

__attribute__((used, section(".note.solo5.abi"), aligned(4))) static const struct {
    struct note_header header;
    struct abi_note note;
} abi_note = {
    .header = {.name_size = sizeof NOTE_NAME,
               .content_size = sizeof(struct abi_note),
               .type = NOTE_TYPE_ABI,
               .name = NOTE_NAME},
    .note = {.target = ABI_TARGET_HVT, .version = ABI_VERSION},
};

const struct boot_info *boot;

/* Options of Solo5's bindings are no words of the application; here they mean nothing. */
static const char *skip_options(const char *line)
{
    static const char prefix[] = "--solo5:";
    for (;;) {
        while (*line == ' ') {
            line++;
        }
        for (size_t i = 0; prefix[i] != '\0'; i++) {
            if (line[i] != prefix[i]) {
                return line;
            }
        }
        while (*line != '\0' && *line != ' ') {
            line++;
        }
    }
}

__attribute__((no_stack_protector)) _Noreturn void _start(const struct boot_info *info)
{
    extern char _end[];
    boot = info;
    __stack_chk_guard = cpu_cycles() * 0x9e3779b97f4a7c15u;
    cpu_start();
    uintptr_t heap = ((uintptr_t)_end + PAGE_BYTES - 1) & -(uintptr_t)PAGE_BYTES;
    const struct solo5_start_info start = {
        .cmdline = skip_options((const char *)boot->command_line),
        .heap_start = heap,
        .heap_size = boot->memory_bytes - heap,
    };
    solo5_exit(solo5_app_main(&start));
}
