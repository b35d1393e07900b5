# The unikernel monitor and the workload as its unikernel; included by ../Makefile.

HVT_OTHER_CPU := $(if $(filter aarch64,$(ARCH)),x86_64,aarch64)
HVT_TENDER := $(filter-out %_$(HVT_OTHER_CPU).c,$(wildcard hvt/tender/*.c))
HVT_BINDINGS := $(filter-out %_$(HVT_OTHER_CPU).c,$(wildcard hvt/bindings/*.c))
HVT_UNIKERNELS := workload.hvt hypercalls.hvt hostile.hvt

.PHONY: hvt
.SECONDARY:
hvt: $(BUILD)/hvt $(BUILD)/sandbox-escape $(HVT_UNIKERNELS:%=$(BUILD)/%)

HVT_TENDER_OBJECTS := $(HVT_TENDER:%.c=$(OBJECTS)/%.o)
HVT_TESTS := $(OBJECTS)/hvt/tests/sandbox_escape.o

# Static like its neighbours: it runs in any container and on any distribution. And at any address.
$(BUILD)/hvt: $(HVT_TENDER_OBJECTS)
$(BUILD)/sandbox-escape: $(filter-out %/main.o %/uring.o,$(HVT_TENDER_OBJECTS)) $(OBJECTS)/hvt/tests/sandbox_escape.o
$(BUILD)/hvt $(BUILD)/sandbox-escape:
	$(CC) $(CFLAGS) $(LDFLAGS:-static=-static-pie) -pthread -o $@ $^
$(HVT_TENDER_OBJECTS) $(HVT_TESTS): override CFLAGS += -D_GNU_SOURCE -pthread -fPIE

# Freestanding, at fixed addresses. Where KVM emulates, it does not know vector instructions.
HVT_GUEST_CFLAGS := -ffreestanding -fno-pic -fno-lto -mgeneral-regs-only -fstack-protector-strong \
  -mstack-protector-guard=global -Ihvt/bindings \
  $(if $(filter x86_64,$(ARCH)),-mno-red-zone,-mno-outline-atomics)
# Segments share none of the host's pages, which on arm64 have up to 64 KiB.
HVT_PAGE_BYTES := $(if $(filter aarch64,$(ARCH)),65536,4096)
HVT_GUEST_LDFLAGS := $(TARGET) -static -nostdlib -Wl,-T,hvt/bindings/hvt.lds \
  -Wl,-z,max-page-size=$(HVT_PAGE_BYTES),-z,noexecstack,--build-id=none
HVT_OBJECTS := $(OBJECTS)/unikernel

$(BUILD)/workload.hvt: $(WORKLOAD_CORE:%.c=$(HVT_OBJECTS)/%.o) \
  $(HVT_OBJECTS)/workload/platform_solo5.o $(HVT_OBJECTS)/workload/platform_no_files.o
$(BUILD)/hypercalls.hvt: $(HVT_OBJECTS)/hvt/unikernels/hypercalls.o
$(BUILD)/hostile.hvt: $(HVT_OBJECTS)/hvt/unikernels/hostile.o

$(BUILD)/%.hvt: $(HVT_BINDINGS:%.c=$(HVT_OBJECTS)/%.o) $(HVT_OBJECTS)/hvt/unikernels/manifest.o \
  hvt/bindings/hvt.lds
	$(CC) $(HVT_GUEST_LDFLAGS) -o $@ $(filter %.o,$^)

$(HVT_OBJECTS)/%.o: %.c Makefile hvt/rules.mk $(COMPILER)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(HVT_GUEST_CFLAGS) -MMD -MP -c -o $@ $<

# The fuzzers, by libFuzzer: `make fuzz` feeds each for FUZZ_SECONDS with what it makes of its corpus.
HVT_FUZZERS := elf guest
FUZZ_SECONDS ?= 30
# What the tender calls in them instead of the C library, under the name fuzz_*.
FUZZ_SEAMS := malloc calloc aligned_alloc free open close ioctl write clock_nanosleep
FUZZ_CHECKS := -g -O1 -fno-lto -fsanitize=address,undefined -fno-sanitize-recover=all

.PHONY: fuzz fuzzers $(HVT_FUZZERS:%=fuzz-%)
fuzz: $(HVT_FUZZERS:%=fuzz-%)

# New inputs are kept in the build, and an input that is a finding beside them.
$(HVT_FUZZERS:%=fuzz-%): fuzz-%: fuzzers
	@mkdir -p $(BUILD)-fuzz/corpus/$*
	ASAN_OPTIONS=detect_leaks=0 $(BUILD)-fuzz/fuzz_$* -max_total_time=$(FUZZ_SECONDS) -timeout=25 \
	  -print_final_stats=1 -artifact_prefix=$(BUILD)-fuzz/finding-$*- \
	  $(BUILD)-fuzz/corpus/$* hvt/fuzz/corpus/$*

fuzzers:
	$(MAKE) CC=clang BUILD=$(BUILD)-fuzz LDFLAGS=-fsanitize=fuzzer \
	  CFLAGS="$(CFLAGS) $(FUZZ_CHECKS)" $(HVT_FUZZERS:%=$(BUILD)-fuzz/fuzz_%)

FUZZ_OBJECTS := $(OBJECTS)/fuzz
FUZZ_ELF := block clock counts delay elf manifest memory transfer uring
FUZZ_GUEST := block clock console counts delay memory run transfer uring vcpu_$(ARCH)
$(BUILD)/fuzz_elf: $(FUZZ_ELF:%=$(FUZZ_OBJECTS)/hvt/tender/%.o)
$(BUILD)/fuzz_guest: $(FUZZ_GUEST:%=$(FUZZ_OBJECTS)/hvt/tender/%.o)
$(BUILD)/fuzz_%: $(FUZZ_OBJECTS)/hvt/fuzz/fuzz_%.o $(FUZZ_OBJECTS)/hvt/fuzz/fuzz.o
	$(CC) $(CFLAGS) $(LDFLAGS) -pthread -o $@ $^
$(FUZZ_OBJECTS)/%.o: override CFLAGS += -D_GNU_SOURCE -pthread -fsanitize=fuzzer-no-link
$(FUZZ_OBJECTS)/hvt/tender/%.o: override CFLAGS += $(foreach seam,$(FUZZ_SEAMS),-D$(seam)=fuzz_$(seam))

$(FUZZ_OBJECTS)/%.o: %.c Makefile hvt/rules.mk $(COMPILER)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<
