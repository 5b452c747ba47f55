// Cohorts compiled into the library, so that they travel with the executable.
#ifndef EQUIPOISE_CCOHORTS_H
#define EQUIPOISE_CCOHORTS_H

#include <stddef.h>

typedef struct {
  const char *cohort;
  const char *file;
  const unsigned char *bytes;
  size_t count;
} eq_embedded_file;

/// Number of embedded files, and the file at `index` (0-based).
size_t eq_embedded_file_count(void);
eq_embedded_file eq_embedded_file_at(size_t index);

#endif
