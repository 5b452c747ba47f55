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

#ifdef __cplusplus
}
#endif
#endif
