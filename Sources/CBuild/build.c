#include "CBuild.h"

const char *eq_build_commit(void) { return EQUIPOISE_COMMIT; }
