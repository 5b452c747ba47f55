// Similarity network fusion with a sparse neighborhood matrix, in panels of 16 columns: a panel
// stays in the second-level cache while every row gathers from it. Each panel is computed by the
// same chain of operations whoever computes it, so that results do not depend on threads.
#include "CKernels.h"

#include <string.h>

// By feature level: a clone for arch=haswell is taken on that very processor only, and 512-bit
// registers measured slower here.
#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define EQ_CLONES
#endif
#define EQ_INLINE static inline __attribute__((always_inline))

enum { side = eq_fusion_side, block_size = side * side };

typedef double four __attribute__((vector_size(32), aligned(8)));

EQ_INLINE ptrdiff_t padded(ptrdiff_t order) { return (order + side - 1) / side * side; }

EQ_INLINE ptrdiff_t least(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

// Start of row `row` of the panel that holds column `column`.
EQ_INLINE ptrdiff_t position(ptrdiff_t order, ptrdiff_t row, ptrdiff_t column) {
  return column / side * side * padded(order) + row * side + column % side;
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

// Rows begin..<end of S times a panel.
EQ_INLINE void spread(eq_fusion_modality m, ptrdiff_t begin, ptrdiff_t end, const double *panel,
                      double *out) {
  for (ptrdiff_t i = begin; i < end; i++, out += side) {
    double sum[side] = {0};
    for (ptrdiff_t p = m.row_offsets[i]; p < m.row_offsets[i + 1]; p++) {
      const double *row = panel + (ptrdiff_t)m.columns[p] * side;
      double factor = m.weights[p];
      for (int c = 0; c < side; c++) sum[c] += factor * row[c];
    }
    for (int c = 0; c < side; c++) out[c] = sum[c];
  }
}

// A panel of T where every modality measured every patient.
EQ_INLINE void complete_panel(eq_fusion_modality m, ptrdiff_t first, const double *total,
                              double *panel) {
  const double *own = m.status + position(m.order, 0, first);
  const double *all = total + position(m.order, 0, first);
  double share = m.shares[0];
  if (share > 0)
    for (ptrdiff_t p = 0; p < m.order * side; p++) panel[p] = (all[p] - own[p]) * share;
  else
    memcpy(panel, own, (size_t)(m.order * side) * sizeof(double));
}

// The same where patients miss modalities: a pair that no other modality measured keeps its own
// status.
EQ_INLINE void partial_panel(eq_fusion_modality m, ptrdiff_t first, const double *total,
                             double *panel) {
  ptrdiff_t width = least(side, m.order - first), columns[side];
  const double *own = m.status + position(m.order, 0, first);
  for (ptrdiff_t c = 0; c < width; c++)
    columns[c] = position(m.patient_count, 0, m.patients[first + c]);
  for (ptrdiff_t i = 0; i < m.order; i++, own += side, panel += side) {
    const double *all = total + (ptrdiff_t)m.patients[i] * side;
    const double *shares = m.shares + m.patterns[i] * m.pattern_count;
    for (ptrdiff_t c = 0; c < width; c++) {
      double share = shares[m.patterns[first + c]];
      panel[c] = share > 0 ? (all[columns[c]] - own[c]) * share : own[c];
    }
    for (ptrdiff_t c = width; c < side; c++) panel[c] = 0;
  }
}

EQ_CLONES void eq_fusion_forward(eq_fusion_modality m, ptrdiff_t first, const double *total,
                                 double *panel, double *half) {
  if (m.patients)
    partial_panel(m, first, total, panel);
  else
    complete_panel(m, first, total, panel);
  double *target = half + position(m.order, 0, first);
  spread(m, 0, m.order, panel, target);
  memset(target + m.order * side, 0, (size_t)((padded(m.order) - m.order) * side) * sizeof(double));
}

EQ_CLONES void eq_fusion_backward(eq_fusion_modality m, ptrdiff_t first, double *panel,
                                  double *half) {
  ptrdiff_t n = m.order;
  for (ptrdiff_t j = 0; j < padded(n); j += side)
    transpose_block(half + position(n, first, j), panel + j * side);
  // By symmetry of Q, its columns first..<first+16 are S times the transpose of these rows of S T.
  for (ptrdiff_t row = first; row < n; row += side) {
    double *block = half + position(n, first, row);
    ptrdiff_t height = least(side, n - row);
    spread(m, row, row + height, panel, block);
    memset(block + height * side, 0, (size_t)((side - height) * side) * sizeof(double));
  }
  double *diagonal = half + position(n, first, first);
  for (int i = 0; i < side; i++)
    for (int j = 0; j < i; j++) {
      double mean = (diagonal[i * side + j] + diagonal[j * side + i]) / 2;
      diagonal[i * side + j] = mean;
      diagonal[j * side + i] = mean;
    }
}

EQ_CLONES void eq_fusion_row_sums(ptrdiff_t n, ptrdiff_t first, const double *half,
                                  double *sums) {
  double sum[side] = {0};
  // Left of the diagonal: rows of these blocks are ours.
  for (ptrdiff_t column = 0; column < first; column += side) {
    const double *block = half + position(n, column, first);
    for (int r = 0; r < side; r++)
      for (int c = 0; c < side; c++) sum[r] += block[r * side + c];
  }
  // From the diagonal on: columns are, by symmetry.
  for (ptrdiff_t row = first; row < n; row += side) {
    const double *block = half + position(n, first, row);
    for (int r = 0; r < side; r++)
      for (int c = 0; c < side; c++) sum[c] += row == first && r == c ? 0 : block[r * side + c];
  }
  memcpy(sums + first, sum, sizeof sum);
}

// Block (row, column) of the update; a diagonal block is its own mirror image.
EQ_INLINE void update_block(eq_fusion_modality m, ptrdiff_t row, ptrdiff_t column,
                            const double *block, const double *scales, double alpha,
                            double *moments) {
  double change[side] = {0}, size[side] = {0};
  double *status = m.status + position(m.order, row, column);
  for (int r = 0; r < side; r++) {
    double fresh[side];
    for (int c = 0; c < side; c++)
      fresh[c] = scales ? block[r * side + c] * (scales[row + r] + scales[column + c])
                        : block[r * side + c];
    if (row == column && row + r < m.order) fresh[r] = scales ? 0.5 : fresh[r] + alpha;
    for (int c = 0; c < side; c++) {
      double old = status[r * side + c], difference = fresh[c] - old;
      change[c] += difference * difference;
      size[c] += old * old;
      status[r * side + c] = fresh[c];
    }
  }
  double times = row == column ? 1 : 2;
  for (int c = 0; c < side; c++) {
    moments[0] += times * change[c];
    moments[1] += times * size[c];
  }
  if (row != column) transpose_block(status, m.status + position(m.order, column, row));
}

EQ_CLONES void eq_fusion_update(eq_fusion_modality m, ptrdiff_t first, const double *half,
                                const double *scales, double alpha, double *moments) {
  moments[0] = 0;
  moments[1] = 0;
  for (ptrdiff_t row = first; row < m.order; row += side)
    update_block(m, row, first, half + position(m.order, first, row), scales, alpha, moments);
}

EQ_CLONES void eq_fusion_accumulate(eq_fusion_modality m, ptrdiff_t first, double *total) {
  const double *own = m.status + position(m.order, 0, first);
  if (!m.patients) {
    double *all = total + position(m.order, 0, first);
    for (ptrdiff_t p = 0; p < m.order * side; p++) all[p] += own[p];
    return;
  }
  for (ptrdiff_t c = 0; c < least(side, m.order - first); c++) {
    double *all = total + position(m.patient_count, 0, m.patients[first + c]);
    for (ptrdiff_t i = 0; i < m.order; i++) all[m.patients[i] * side] += own[i * side + c];
  }
}
