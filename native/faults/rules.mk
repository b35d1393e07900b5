# For the tests of what must be found: a tender that loses data on purpose, and a kernel's refusal.
# Included by ../Makefile.
#
#   make faulty             build/<arch>/hvt-faulty; GUESTBENCH_FAULT chooses (faults/tender.c)
#   make no-uring           build/<arch>/no-uring PROGRAM [WORD…] (faults/no_uring.c)

.PHONY: faulty no-uring
faulty: $(BUILD)/hvt-faulty
no-uring: $(BUILD)/no-uring

# The product's own sources, between two of which the linker puts the fault: without -flto.
$(BUILD)/hvt-faulty: $(HVT_TENDER) faults/tender.c Makefile faults/rules.mk
	$(CC) $(filter-out -flto%,$(CFLAGS)) -D_GNU_SOURCE -pthread -fPIE $(LDFLAGS:-static=-static-pie) \
	  -Wl,--wrap=transfer_all -o $@ $(filter %.c,$^)

$(BUILD)/no-uring: $(OBJECTS)/faults/no_uring.o
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^
