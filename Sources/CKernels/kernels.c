#include "CKernels.h"

#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EQ_CLONES
#endif

enum { tile_columns = 16 };

EQ_CLONES void eq_fixed_order_product(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k, const double *a,
                                      const double *b, double *out) {
  for (ptrdiff_t i = 0; i < m; i++) {
    const double *row = a + i * k;
    double *target = out + i * n;
    ptrdiff_t j = 0;
    for (; j + tile_columns <= n; j += tile_columns) {
      double sum[tile_columns] = {0};
      const double *column = b + j;
      for (ptrdiff_t p = 0; p < k; p++, column += n) {
        double factor = row[p];
        for (int c = 0; c < tile_columns; c++) sum[c] += factor * column[c];
      }
      for (int c = 0; c < tile_columns; c++) target[j + c] = sum[c];
    }
    for (; j < n; j++) {
      double sum = 0;
      const double *column = b + j;
      for (ptrdiff_t p = 0; p < k; p++, column += n) sum += row[p] * *column;
      target[j] = sum;
    }
  }
}

EQ_CLONES void eq_fixed_order_product_transposed(ptrdiff_t m, ptrdiff_t n, ptrdiff_t k,
                                                 const double *a, const double *b, double *out) {
  enum { lanes = 8 };
  for (ptrdiff_t i = 0; i < m; i++) {
    const double *x = a + i * k;
    for (ptrdiff_t j = 0; j < n; j++) {
      const double *y = b + j * k;
      double sum[lanes] = {0};
      ptrdiff_t p = 0;
      for (; p + lanes <= k; p += lanes)
        for (int c = 0; c < lanes; c++) sum[c] += x[p + c] * y[p + c];
      for (int c = 0; p < k; p++, c++) sum[c] += x[p] * y[p];
      out[i * n + j] = ((sum[0] + sum[1]) + (sum[2] + sum[3])) +
                       ((sum[4] + sum[5]) + (sum[6] + sum[7]));
    }
  }
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
