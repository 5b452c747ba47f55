#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EQ_CLONES
#endif

// exp(x) = 2^k exp(r) with k the nearest whole number to x / ln 2 and |r| <= ln 2 / 2, exp(r) by its
// Taylor polynomial of degree 13 (remainder below 5e-18).
EQ_CLONES void eq_exponentials(ptrdiff_t count, double *values) {
  const double shift = 0x1.8p52;  // adding it rounds to whole numbers, found in the low bits
  for (ptrdiff_t i = 0; i < count; i++) {
    double x = values[i];
    x = x < -708 ? -708 : x;
    x = x > 709 ? 709 : x;
    double shifted = x * 0x1.71547652b82fep+0 + shift;
    double k = shifted - shift;
    // ln 2 in two parts, the first of few bits, so that k times it is exact.
    double r = (x - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
    double p = 1.0 / 6227020800;
    p = p * r + 1.0 / 479001600;
    p = p * r + 1.0 / 39916800;
    p = p * r + 1.0 / 3628800;
    p = p * r + 1.0 / 362880;
    p = p * r + 1.0 / 40320;
    p = p * r + 1.0 / 5040;
    p = p * r + 1.0 / 720;
    p = p * r + 1.0 / 120;
    p = p * r + 1.0 / 24;
    p = p * r + 1.0 / 6;
    p = p * r + 1.0 / 2;
    p = p * r + 1.0;
    p = p * r + 1.0;
    uint64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    bits = (bits + 1023) << 52;
    double scale;
    memcpy(&scale, &bits, sizeof scale);
    values[i] = p * scale;
  }
}
