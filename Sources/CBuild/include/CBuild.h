// What the build was told of itself.
#ifndef EQUIPOISE_CBUILD_H
#define EQUIPOISE_CBUILD_H

/// Commit named by EQUIPOISE_COMMIT when the package was built, else "unknown".
const char *eq_build_commit(void);

#endif
