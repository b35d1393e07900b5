# The workload as an application of an installed or built Solo5; included by ../Makefile.
#
#   make solo5 SOLO5_CC=<arch>-solo5-none-static-cc SOLO5_ELFTOOL=solo5-elftool SOLO5_OUT=<folder>
#
# One object a source, linked once for each of Solo5's targets: SOLO5_OUT/workload.{hvt,spt,virtio}.

ifdef SOLO5_OUT
SOLO5_TARGETS ?= hvt spt virtio
SOLO5_OBJECTS := $(WORKLOAD_CORE:%.c=$(SOLO5_OUT)/%.o) $(SOLO5_OUT)/workload/platform_solo5.o \
  $(SOLO5_OUT)/workload/platform_no_files.o \
  $(SOLO5_OUT)/workload/manifest.o
# Where KVM emulates, it does not know vector instructions.
SOLO5_CFLAGS := -std=c11 -O2 -Wall -Wextra -Werror -ffreestanding -mgeneral-regs-only

.PHONY: solo5
solo5: $(SOLO5_TARGETS:%=$(SOLO5_OUT)/workload.%)

$(SOLO5_TARGETS:%=$(SOLO5_OUT)/workload.%): $(SOLO5_OUT)/workload.%: $(SOLO5_OBJECTS)
	$(SOLO5_CC) -z solo5-abi=$* -o $@ $^

$(SOLO5_OUT)/workload/manifest.c: workload/manifest.json
	@mkdir -p $(@D)
	$(SOLO5_ELFTOOL) gen-manifest $< $@

$(SOLO5_OUT)/workload/manifest.o: $(SOLO5_OUT)/workload/manifest.c
	$(SOLO5_CC) $(SOLO5_CFLAGS) -c -o $@ $<

$(SOLO5_OUT)/%.o: %.c
	@mkdir -p $(@D)
	$(SOLO5_CC) $(SOLO5_CFLAGS) -MMD -MP -c -o $@ $<

endif
