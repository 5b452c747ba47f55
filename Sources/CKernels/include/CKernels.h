// Fixed-order kernels. Each output row is computed by the same chain of operations whatever the
// number of rows, so that one patient's numbers never depend on who else is in the batch.
#ifndef EQUIPOISE_CKERNELS_H
#define EQUIPOISE_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// out (m x n) = a (m x k) * b (k x n), row-major; one running sum over k for every element.
void eq_fixed_order_product(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const double *a,
                            const double *b, double *out);

/// out (m x n) = a (m x k) * transpose(b) (n x k), row-major; a fixed tree over k.
void eq_fixed_order_product_transposed(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const double *a,
                                       const double *b, double *out);

/// out (m x n) = CSR (m rows) * b (n columns), row-major, neighbors in stored order.
void eq_sparse_product(ptrdiff_t m, ptrdiff_t n, const ptrdiff_t *row_offsets,
                       const int32_t *columns, const double *weights, const double *b,
                       double *out);

/// Replaces every value x by exp(x), x first held within -708..709.
void eq_exponentials(ptrdiff_t count, double *values);

/// Matrices of a similarity network fusion are stored as panels of 16 columns, each panel row by
/// row, rows and columns padded with zeros to a multiple of 16: entry (i, j) stands at
/// (j / 16) * padded * 16 + i * 16 + j % 16.
enum { eq_fusion_side = 16 };

/// One modality of a similarity network fusion, on the patients that it measured.
typedef struct {
  /// Number of measured patients.
  ptrdiff_t order;
  /// The neighborhood matrix S in compressed sparse rows.
  const ptrdiff_t *row_offsets;
  const int32_t *columns;
  const double *weights;
  /// The status matrix P, symmetric, in panels.
  double *status;
  /// Cohort index of each measured patient, ascending; NULL where all modalities are complete.
  const int32_t *patients;
  /// Pattern of measured modalities of each measured patient.
  const int32_t *patterns;
  /// pattern_count x pattern_count: 1 / (other modalities that measured both), 0 if none.
  const double *shares;
  ptrdiff_t pattern_count;
  /// Number of patients in the cohort.
  ptrdiff_t patient_count;
} eq_fusion_modality;

/// Panel `first`/16 of S T, with T the mean of the other modalities' status; `total` holds the sum
/// of all of them, cohort x cohort, in panels. `panel` is scratch of 16 doubles a padded row.
void eq_fusion_forward(eq_fusion_modality modality, ptrdiff_t first, const double *total,
                       double *panel, double *half);

/// Columns first..<first+16, rows from `first` on, of Q = S T transpose(S). Its 16 x 16 blocks
/// replace those rows of S T in `half` that only this call reads: block (row, first) of Q stands
/// where block (first, row) of S T stood. `panel` is scratch of 16 doubles a padded row.
void eq_fusion_backward(eq_fusion_modality modality, ptrdiff_t first, double *panel,
                        double *half);

/// Off-diagonal sums of rows first..<first+16 of Q; `sums` has a padded length.
void eq_fusion_row_sums(ptrdiff_t order, ptrdiff_t first, const double *half, double *sums);

/// Writes Q as the new status, columns first..<first+16 and their mirror image. With scales s (of
/// padded length): Q_ij (s_i + s_j) and 1/2 on the diagonal; without: Q plus alpha on the
/// diagonal. `moments` receives the sums of (new - old)^2 and old^2 over these entries.
void eq_fusion_update(eq_fusion_modality modality, ptrdiff_t first, const double *half,
                      const double *scales, double alpha, double *moments);

/// Adds columns first..<first+16 of the modality's status to the cohort-wide total.
void eq_fusion_accumulate(eq_fusion_modality modality, ptrdiff_t first, double *total);

/// One linear softmax head of a joint objective.
typedef struct {
  const double *features;  ///< rows x columns, row-major
  ptrdiff_t columns;
  const double *targets;   ///< rows x classes, of the head's own loss
  double emphasis;         ///< factor of its logits in the fused logits
  double share;            ///< weight of its own loss; 0 leaves it out
  /// Weight of each row in its own loss; a row of weight 0 has no part in the fused logits either.
  /// NULL: the weights of all rows.
  const double *row_weights;
} eq_softmax_head;

/// Sum over rows of w_i [CE(sum_m g_m l_m, t) + sum_m s_m CE(l_m, t_m)] with l_m = x W_m + b_m, and
/// its gradient, in one pass over the features. Parameters and gradient hold for each head
/// classes x columns weights, then one bias per class. `losses` gets one value per row; `scratch`
/// needs (4 * head_count + 3) * classes numbers.
void eq_joint_softmax(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t head_count,
                      const eq_softmax_head *heads, const double *targets,
                      const double *row_weights, const double *parameters, double *gradient,
                      double *losses, double *scratch);

/// Points are kept in blocks of 16, column by column within a block: coordinate c of point i stands
/// at ((i / 16) * dimension + c) * 16 + i % 16, with infinity where the last block has no point.
enum { eq_point_lanes = 16 };

/// Points in one or more spaces, for exact searches of near points. The distance of two points is the
/// largest of their distances within a space: Chebyshev, or Euclidean squared.
typedef struct {
  ptrdiff_t count;
  ptrdiff_t dimension;
  /// Columns where each space ends, for Euclidean distances; NULL for Chebyshev over all columns.
  const int32_t *space_ends;
  ptrdiff_t space_count;
  const double *blocks;
  /// Number of the caller for each point, by which equal distances are ordered.
  const int32_t *rows;
  /// Tree over the blocks, NULL without one: for each node lowest, then highest coordinates. A node of
  /// L > 1 blocks has (L + 1) / 2 of them on its left; left child: next node; right: 2 * left further.
  const double *boxes;
  /// Column at which each node is split.
  const int32_t *splits;
} eq_point_set;

/// Builds a tree: orders `rows` (0..<count) so that each node's points are consecutive and left ones
/// are not above right ones in the column that is widest there; fills `boxes` (2 * dimension for each
/// of 2 * blocks - 1 nodes) and `splits`. `columns` holds count numbers a column; `keys` is scratch
/// of count numbers.
void eq_point_tree(ptrdiff_t count, ptrdiff_t dimension, const double *columns, double *keys,
                   int32_t *rows, double *boxes, int32_t *splits);

/// Copies points into blocks in the order of `rows`.
void eq_point_blocks(ptrdiff_t count, ptrdiff_t dimension, const double *columns,
                     const int32_t *rows, double *blocks);

/// The k < count nearest other points of each point of blocks first..<last, nearest first. With
/// `indices`: k distances a point and their rows, equal distances by ascending row. Without (NULL):
/// distances alone, block by block, the 16 nearest ones first, then the 16 next ones. Buffers are of
/// whole blocks.
void eq_nearest_points(const eq_point_set *set, ptrdiff_t first, ptrdiff_t last, ptrdiff_t k,
                       double *distances, int32_t *indices);

/// Number of other points nearer than a limit of its own to each point of blocks first..<last.
void eq_points_within(const eq_point_set *set, ptrdiff_t first, ptrdiff_t last,
                      const double *limits, int32_t *counts);

/// Sorts fewer than 2^31 finite numbers, ascending; `scratch` is of 2 * count.
void eq_sort_numbers(ptrdiff_t count, double *values, uint64_t *scratch);

/// Number of other entries of `sorted` (ascending, 1..<2^30 finite numbers) nearer than a limit of its
/// own to each of `points` values, which stand in it themselves.
void eq_sorted_counts(ptrdiff_t count, const double *sorted, ptrdiff_t points, const double *values,
                      const double *limits, int32_t *counts);

#ifdef __cplusplus
}
#endif
#endif
