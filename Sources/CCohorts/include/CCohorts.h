// What Cohort needs of C: cohorts compiled into the library, so that they travel with the
// executable, and the processor's SHA-256 instructions for the hashes of its inputs.
#ifndef EQUIPOISE_CCOHORTS_H
#define EQUIPOISE_CCOHORTS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  const char *cohort;
  const char *file;
  const unsigned char *bytes;
  size_t count;
} eq_embedded_file;

/// Number of embedded files, and the file at `index` (0-based).
size_t eq_embedded_file_count(void);
eq_embedded_file eq_embedded_file_at(size_t index);

/// Whether this processor has SHA-256 instructions.
int eq_sha256_is_accelerated(void);

/// Mixes 64-byte blocks into a SHA-256 state; only where eq_sha256_is_accelerated().
void eq_sha256_blocks(uint32_t state[8], const uint32_t constants[64], const uint8_t *bytes,
                      size_t blocks);

#endif
