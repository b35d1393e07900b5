# What fails on purpose, for the tests of what must find or survive that; included by ../Makefile.
#
#   make faulty             build/<arch>/hvt-faulty, which loses data; GUESTBENCH_FAULT chooses (faults/tender.c)
#   make clock              build/<arch>/clock.so, to be preloaded: the time of day jumps (faults/clock.c)
#   make hypervisor         build/<arch>/hypervisor KIND PROGRAM: a processor under BitVisor, or not (faults/hypervisor.c)
#   make no-sync            build/<arch>/no-sync.so, to be preloaded: nothing is made durable (faults/no_sync.c);
#                           and workload-dynamic, the workload as a program that can be lied to by it
#   make no-uring           build/<arch>/no-uring PROGRAM [WORD…]: a kernel's refusal (faults/no_uring.c)

.PHONY: faulty clock hypervisor no-sync no-uring
faulty: $(BUILD)/hvt-faulty
clock: $(BUILD)/clock.so
no-sync: $(BUILD)/no-sync.so $(BUILD)/workload-dynamic
no-uring: $(BUILD)/no-uring
hypervisor: $(BUILD)/hypervisor

# The product's own sources, between two of which the linker puts the fault: without -flto.
$(BUILD)/hvt-faulty: $(HVT_TENDER) faults/tender.c Makefile faults/rules.mk
	$(CC) $(filter-out -flto%,$(CFLAGS)) -D_GNU_SOURCE -pthread -fPIE $(LDFLAGS:-static=-static-pie) \
	  -Wl,--wrap=transfer_all -o $@ $(filter %.c,$^)

$(BUILD)/clock.so: faults/clock.c Makefile faults/rules.mk
	$(CC) $(CFLAGS) -fPIC -shared -o $@ $<

$(BUILD)/no-sync.so: faults/no_sync.c Makefile faults/rules.mk
	$(CC) $(CFLAGS) -fPIC -shared -o $@ $<

$(BUILD)/workload-dynamic: $(WORKLOAD_CORE:%.c=$(OBJECTS)/%.o) $(WORKLOAD_POSIX:%.c=$(OBJECTS)/%.o)
	$(CC) $(CFLAGS) -o $@ $^

$(BUILD)/hypervisor: $(OBJECTS)/faults/hypervisor.o
$(BUILD)/no-uring: $(OBJECTS)/faults/no_uring.o
$(BUILD)/hypervisor $(BUILD)/no-uring:
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^
