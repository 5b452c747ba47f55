// Similarity network fusion with a sparse neighborhood matrix, in panels of 16 columns: a panel
// stays in the second-level cache while every row gathers from it. Each panel is computed by the
// same chain of operations whoever computes it, so that results do not depend on threads.
#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=haswell")))
#else
#define EQ_CLONES
#endif
#define EQ_INLINE static inline __attribute__((always_inline))

enum { side = eq_fusion_side, block_size = side * side };

typedef double four __attribute__((vector_size(32), aligned(8)));

EQ_INLINE ptrdiff_t padded(ptrdiff_t order) { return (order + side - 1) / side * side; }

EQ_INLINE ptrdiff_t least(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

// Start of block (row, column), both multiples of 16, in panel storage.
EQ_INLINE ptrdiff_t block_start(ptrdiff_t order, ptrdiff_t row, ptrdiff_t column) {
  return column * padded(order) + row * side;
}

EQ_INLINE void transpose_block(const double *source, double *target) {
  for (int i = 0; i < side; i += 4)
    for (int j = 0; j < side; j += 4) {
      const double *from = source + i * side + j;
      double *to = target + j * side + i;
      four a = *(const four *)from, b = *(const four *)(from + side);
      four c = *(const four *)(from + 2 * side), d = *(const four *)(from + 3 * side);
      four ab_low = __builtin_shufflevector(a, b, 0, 4, 2, 6);
      four ab_high = __builtin_shufflevector(a, b, 1, 5, 3, 7);
      four cd_low = __builtin_shufflevector(c, d, 0, 4, 2, 6);
      four cd_high = __builtin_shufflevector(c, d, 1, 5, 3, 7);
      *(four *)to = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
      *(four *)(to + side) = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
      *(four *)(to + 2 * side) = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
      *(four *)(to + 3 * side) = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
    }
}

// Rows of T at columns first..<first+16 where every modality measured every patient.
EQ_INLINE void complete_panel(eq_fusion_modality m, ptrdiff_t first, const double *total,
                              double *panel) {
  ptrdiff_t width = least(side, m.order - first);
  double share = m.shares[0];
  for (ptrdiff_t i = 0; i < m.order; i++) {
    const double *own = m.status + i * m.order + first, *all = total + i * m.order + first;
    double *target = panel + i * side;
    if (share > 0 && width == side) {
      for (int c = 0; c < side; c++) target[c] = (all[c] - own[c]) * share;
    } else {
      for (ptrdiff_t c = 0; c < width; c++)
        target[c] = share > 0 ? (all[c] - own[c]) * share : own[c];
      for (ptrdiff_t c = width; c < side; c++) target[c] = 0;
    }
  }
}

// The same where patients miss modalities: a pair that no other modality measured keeps its own
// status.
EQ_INLINE void partial_panel(eq_fusion_modality m, ptrdiff_t first, const double *total,
                             ptrdiff_t patient_count, double *panel) {
  ptrdiff_t width = least(side, m.order - first);
  for (ptrdiff_t i = 0; i < m.order; i++) {
    const double *own = m.status + i * m.order + first;
    const double *all = total + (ptrdiff_t)m.patients[i] * patient_count;
    const double *shares = m.shares + m.patterns[i] * m.pattern_count;
    double *target = panel + i * side;
    for (ptrdiff_t c = 0; c < width; c++) {
      double share = shares[m.patterns[first + c]];
      target[c] = share > 0 ? (all[m.patients[first + c]] - own[c]) * share : own[c];
    }
    for (ptrdiff_t c = width; c < side; c++) target[c] = 0;
  }
}

EQ_CLONES void eq_fusion_forward(eq_fusion_modality m, ptrdiff_t first, const double *total,
                                 ptrdiff_t patient_count, double *panel, double *half) {
  if (m.patients)
    partial_panel(m, first, total, patient_count, panel);
  else
    complete_panel(m, first, total, panel);
  double *target = half + block_start(m.order, 0, first);
  eq_sparse_product(m.order, side, m.row_offsets, m.columns, m.weights, panel, target);
  memset(target + m.order * side, 0, (size_t)(padded(m.order) - m.order) * side * sizeof(double));
}

EQ_CLONES void eq_fusion_backward(eq_fusion_modality m, ptrdiff_t first, double *scratch,
                                  double *half) {
  ptrdiff_t n = m.order, whole = padded(n);
  double *panel = scratch, *tile = scratch + whole * side;
  for (ptrdiff_t j = 0; j < whole; j += side)
    transpose_block(half + block_start(n, first, j), panel + j * side);
  // By symmetry of Q, its rows first..<first+16 are S times the transpose of these rows of S T.
  eq_sparse_product(n - first, side, m.row_offsets + first, m.columns, m.weights, panel, tile);
  memset(tile + (n - first) * side, 0, (size_t)(whole - n) * side * sizeof(double));
  for (int i = 0; i < side; i++)
    for (int j = 0; j < i; j++) {
      double mean = (tile[i * side + j] + tile[j * side + i]) / 2;
      tile[i * side + j] = mean;
      tile[j * side + i] = mean;
    }
  for (ptrdiff_t j = first; j < whole; j += side)
    transpose_block(tile + (j - first) * side, half + block_start(n, first, j));
}

EQ_CLONES void eq_fusion_row_sums(ptrdiff_t n, ptrdiff_t first, const double *half,
                                  double *sums) {
  double sum[side] = {0};
  for (ptrdiff_t i = 0; i < first; i += side) {
    const double *block = half + block_start(n, i, first);
    for (int r = 0; r < side; r++)
      for (int c = 0; c < side; c++) sum[c] += block[r * side + c];
  }
  for (ptrdiff_t j = first; j < padded(n); j += side) {
    const double *block = half + block_start(n, first, j);
    for (int r = 0; r < side; r++)
      for (int c = 0; c < side; c++)
        if (j != first || r != c) sum[r] += block[r * side + c];
  }
  for (ptrdiff_t r = 0; r < least(side, n - first); r++) sums[first + r] = sum[r];
}

// One block of the update; the diagonal block is its own mirror image.
EQ_INLINE void update_block(eq_fusion_modality m, ptrdiff_t row, ptrdiff_t column,
                            const double *block, const double *scales, double alpha,
                            double *moments) {
  ptrdiff_t n = m.order, height = least(side, n - row), width = least(side, n - column);
  double fresh[block_size], mirror[block_size], change[side] = {0}, size[side] = {0};
  memcpy(fresh, block, sizeof fresh);
  for (ptrdiff_t r = 0; r < height; r++) {
    double *values = fresh + r * side;
    if (scales)
      for (ptrdiff_t c = 0; c < width; c++) values[c] *= scales[row + r] + scales[column + c];
    if (row == column) values[r] = scales ? 0.5 : values[r] + alpha;
    double *old = m.status + (row + r) * n + column;
    for (ptrdiff_t c = 0; c < width; c++) {
      double difference = values[c] - old[c];
      change[c] += difference * difference;
      size[c] += old[c] * old[c];
      old[c] = values[c];
    }
  }
  double times = row == column ? 1 : 2;
  for (int c = 0; c < side; c++) {
    moments[0] += times * change[c];
    moments[1] += times * size[c];
  }
  if (row == column) return;
  transpose_block(fresh, mirror);
  for (ptrdiff_t c = 0; c < width; c++)
    memcpy(m.status + (column + c) * n + row, mirror + c * side, (size_t)height * sizeof(double));
}

EQ_CLONES void eq_fusion_update(eq_fusion_modality m, ptrdiff_t first, const double *half,
                                const double *scales, double alpha, double *moments) {
  moments[0] = 0;
  moments[1] = 0;
  for (ptrdiff_t j = first; j < m.order; j += side)
    update_block(m, first, j, half + block_start(m.order, first, j), scales, alpha, moments);
}

EQ_CLONES void eq_fusion_accumulate(eq_fusion_modality m, ptrdiff_t begin, ptrdiff_t end,
                                    ptrdiff_t patient_count, double *total) {
  for (ptrdiff_t i = begin; i < end; i++) {
    const double *own = m.status + i * m.order;
    if (!m.patients) {
      double *all = total + i * patient_count;
      for (ptrdiff_t j = 0; j < m.order; j++) all[j] += own[j];
    } else {
      double *all = total + (ptrdiff_t)m.patients[i] * patient_count;
      for (ptrdiff_t j = 0; j < m.order; j++) all[m.patients[j]] += own[j];
    }
  }
}
