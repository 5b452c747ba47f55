#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EQ_CLONES
#endif

enum { tile_columns = 16 };

// A panel of columns stays in cache for all rows, and its sums are worked on side by side, so that
// none waits for another; each keeps its own order.
#define EQ_COLUMN_PANELS(width)                                                       \
  for (; j + (width) <= n; j += (width))                                              \
    for (ptrdiff_t i = 0; i < m; i++) {                                               \
      const double *row = a + i * k;                                                  \
      double sum[width] = {0};                                                        \
      const double *column = b + j;                                                   \
      for (ptrdiff_t p = 0; p < k; p++, column += n) {                                \
        double factor = row[p];                                                       \
        for (int c = 0; c < (width); c++) sum[c] += factor * column[c];               \
      }                                                                               \
      for (int c = 0; c < (width); c++) out[i * n + j + c] = sum[c];                  \
    }

EQ_CLONES void eq_fixed_order_product(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const double *a,
                                      const double *b, double *out) {
  ptrdiff_t j = 0;
  EQ_COLUMN_PANELS(32)
  EQ_COLUMN_PANELS(4)
  EQ_COLUMN_PANELS(1)
}

enum { lanes = 8 };

static inline double eq_lane_sum(const double *sum) {
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

// Sums of r rows of a with s rows of b, as above.
#define EQ_ROW_BLOCK(r, s)                                                            \
  {                                                                                   \
    double sum[r][s][lanes] = {0};                                                    \
    ptrdiff_t p = 0;                                                                  \
    for (; p + lanes <= k; p += lanes)                                                \
      for (int u = 0; u < (r); u++)                                                   \
        for (int v = 0; v < (s); v++)                                                 \
          for (int c = 0; c < lanes; c++)                                             \
            sum[u][v][c] += a[(i + u) * k + p + c] * b[(j + v) * k + p + c];          \
    for (int c = 0; p < k; p++, c++)                                                  \
      for (int u = 0; u < (r); u++)                                                   \
        for (int v = 0; v < (s); v++)                                                 \
          sum[u][v][c] += a[(i + u) * k + p] * b[(j + v) * k + p];                    \
    for (int u = 0; u < (r); u++)                                                     \
      for (int v = 0; v < (s); v++) out[(i + u) * n + j + v] = eq_lane_sum(sum[u][v]); \
  }

EQ_CLONES void eq_fixed_order_product_transposed(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k,
                                                 const double *a, const double *b, double *out) {
  ptrdiff_t j = 0;
  for (; j + 4 <= n; j += 4) {
    ptrdiff_t i = 0;
    for (; i + 4 <= m; i += 4) EQ_ROW_BLOCK(4, 4)
    for (; i < m; i++) EQ_ROW_BLOCK(1, 4)
  }
  for (; j < n; j++)
    for (ptrdiff_t i = 0; i < m; i++) EQ_ROW_BLOCK(1, 1)
}

EQ_CLONES void eq_sparse_product(ptrdiff_t m, ptrdiff_t n, const ptrdiff_t *row_offsets,
                                 const int32_t *columns, const double *weights, const double *b,
                                 double *out) {
  for (ptrdiff_t i = 0; i < m; i++) {
    double *target = out + i * n;
    ptrdiff_t j = 0;
    for (; j + tile_columns <= n; j += tile_columns) {
      double sum[tile_columns] = {0};
      for (ptrdiff_t p = row_offsets[i]; p < row_offsets[i + 1]; p++) {
        const double *row = b + (ptrdiff_t)columns[p] * n + j;
        double factor = weights[p];
        for (int c = 0; c < tile_columns; c++) sum[c] += factor * row[c];
      }
      for (int c = 0; c < tile_columns; c++) target[j + c] = sum[c];
    }
    for (; j < n; j++) {
      double sum = 0;
      for (ptrdiff_t p = row_offsets[i]; p < row_offsets[i + 1]; p++)
        sum += weights[p] * b[(ptrdiff_t)columns[p] * n + j];
      target[j] = sum;
    }
  }
}
