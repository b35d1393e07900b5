/* What workload/manifest.json says, for these bindings. */
#include "../bindings/manifest.h"

MANIFEST_OF_BLOCK_DEVICE("storage");
