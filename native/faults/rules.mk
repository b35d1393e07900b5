# A tender that loses data on purpose, for the tests of what must find that; included by ../Makefile.
#
#   make faulty             build/<arch>/hvt-faulty; GUESTBENCH_FAULT chooses (faults/tender.c)

.PHONY: faulty
faulty: $(BUILD)/hvt-faulty

# The product's own sources, between two of which the linker puts the fault: without -flto.
$(BUILD)/hvt-faulty: $(HVT_TENDER) faults/tender.c Makefile faults/rules.mk
	$(CC) $(filter-out -flto%,$(CFLAGS)) -D_GNU_SOURCE -pthread -fPIE $(LDFLAGS:-static=-static-pie) \
	  -Wl,--wrap=transfer_all -o $@ $(filter %.c,$^)
