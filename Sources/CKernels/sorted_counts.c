// A list of numbers sorted, and counts of near numbers in it, by two binary searches that sixteen points take in step.
// A difference rounds monotonically, so the numbers near a point stand together.
#include "CKernels.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EQ_CLONES
#endif

enum { lanes = 16 };

EQ_CLONES void eq_sorted_counts(ptrdiff_t count, const double *sorted, ptrdiff_t points,
                                const double *values, const double *limits, int32_t *counts) {
  for (ptrdiff_t start = 0; start < points; start += lanes) {
    int held = points - start < lanes ? (int)(points - start) : lanes;
    double value[lanes], limit[lanes];
    int32_t first[lanes], last[lanes];
    for (int q = 0; q < lanes; q++) {
      value[q] = q < held ? values[start + q] : 0;
      limit[q] = q < held ? limits[start + q] : 0;
      first[q] = last[q] = 0;
    }
    // Both ends stand between `first` (`last`) and that plus `size`.
    for (int32_t size = (int32_t)count; size > 0; size /= 2) {
      int32_t half = (size + 1) / 2;
      for (int q = 0; q < lanes; q++) {
        first[q] += value[q] - sorted[first[q] + half - 1] >= limit[q] ? half : 0;
        last[q] += sorted[last[q] + half - 1] - value[q] < limit[q] ? half : 0;
      }
    }
    for (int q = 0; q < held; q++)
      // The point itself is among them.
      counts[start + q] = limit[q] > 0 ? last[q] - first[q] - 1 : 0;
  }
}

// Bits that order as the numbers do.
static uint64_t ordered_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits ^ (bits >> 63 ? UINT64_MAX : (uint64_t)1 << 63);
}

static double from_ordered_bits(uint64_t bits) {
  double value;
  bits ^= bits >> 63 ? (uint64_t)1 << 63 : UINT64_MAX;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// By eleven bits at a time, lowest first.
void eq_sort_numbers(ptrdiff_t count, double *values, uint64_t *scratch) {
  enum { digit = 11, passes = 6, mask = (1 << digit) - 1 };
  int32_t places[passes][1 << digit];
  memset(places, 0, sizeof places);
  uint64_t *from = scratch, *to = scratch + count;
  for (ptrdiff_t i = 0; i < count; i++) {
    from[i] = ordered_bits(values[i]);
    for (int pass = 0; pass < passes; pass++) places[pass][from[i] >> pass * digit & mask]++;
  }
  for (int pass = 0; pass < passes; pass++) {
    int32_t place = 0;
    for (int d = 0; d <= mask; d++) {
      int32_t held = places[pass][d];
      places[pass][d] = place;
      place += held;
    }
    for (ptrdiff_t i = 0; i < count; i++) to[places[pass][from[i] >> pass * digit & mask]++] = from[i];
    uint64_t *other = from;
    from = to;
    to = other;
  }
  for (ptrdiff_t i = 0; i < count; i++) values[i] = from_ordered_bits(from[i]);
}
