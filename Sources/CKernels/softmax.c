#include "CKernels.h"

#include <math.h>

#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EQ_CLONES
#endif

enum { lanes = 8, block_rows = 4 };

// Eight numbers at any 8-byte boundary; one ordering of operations for every instruction set.
typedef double vector __attribute__((vector_size(lanes * sizeof(double)), aligned(8)));
#define LOAD(pointer) (*(const vector *)(pointer))
#define STORE(pointer, value) (*(vector *)(pointer) = (value))
#define SUM(v) \
  ((((v)[0] + (v)[1]) + ((v)[2] + (v)[3])) + (((v)[4] + (v)[5]) + ((v)[6] + (v)[7])))

// Logits of up to four rows: out[r * classes + c] = x_r . w_c + b_c.
EQ_CLONES static void head_logits(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t classes,
                                  const double *x, const double *weights, double *out) {
  const double *biases = weights + classes * width;
  // Rows beyond the last repeat it, so that one path serves every block.
  const double *x0 = x, *x1 = x + (rows > 1 ? 1 : 0) * width, *x2 = x + (rows > 2 ? 2 : 0) * width,
               *x3 = x + (rows > 3 ? 3 : 0) * width;
  for (ptrdiff_t c = 0; c < classes; c++) {
    const double *w = weights + c * width;
    vector s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
    ptrdiff_t k = 0;
    for (; k + lanes <= width; k += lanes) {
      vector value = LOAD(w + k);
      s0 += value * LOAD(x0 + k);
      s1 += value * LOAD(x1 + k);
      s2 += value * LOAD(x2 + k);
      s3 += value * LOAD(x3 + k);
    }
    double t0 = SUM(s0), t1 = SUM(s1), t2 = SUM(s2), t3 = SUM(s3);
    for (; k < width; k++) {
      t0 += w[k] * x0[k];
      t1 += w[k] * x1[k];
      t2 += w[k] * x2[k];
      t3 += w[k] * x3[k];
    }
    double sums[block_rows] = {t0, t1, t2, t3};
    for (ptrdiff_t r = 0; r < rows; r++) out[r * classes + c] = sums[r] + biases[c];
  }
}

// gradient_c += sum over up to four rows of residual[r * classes + c] * x_r, biases likewise.
EQ_CLONES static void head_gradient(ptrdiff_t rows, ptrdiff_t width, ptrdiff_t classes,
                                    const double *x, const double *residuals, double *gradient) {
  double *biases = gradient + classes * width;
  const double *x0 = x, *x1 = x + (rows > 1 ? 1 : 0) * width, *x2 = x + (rows > 2 ? 2 : 0) * width,
               *x3 = x + (rows > 3 ? 3 : 0) * width;
  for (ptrdiff_t c = 0; c < classes; c++) {
    double f[block_rows] = {0};
    for (ptrdiff_t r = 0; r < rows; r++) f[r] = residuals[r * classes + c];
    double *g = gradient + c * width;
    ptrdiff_t k = 0;
    for (; k + lanes <= width; k += lanes) {
      vector value = LOAD(g + k);
      value += f[0] * LOAD(x0 + k);
      value += f[1] * LOAD(x1 + k);
      value += f[2] * LOAD(x2 + k);
      value += f[3] * LOAD(x3 + k);
      STORE(g + k, value);
    }
    for (; k < width; k++) {
      double value = g[k];
      value += f[0] * x0[k];
      value += f[1] * x1[k];
      value += f[2] * x2[k];
      value += f[3] * x3[k];
      g[k] = value;
    }
    biases[c] += (f[0] + f[1]) + (f[2] + f[3]);
  }
}

// Weighted cross-entropy of one row; adds factor * weight * (p - target) to residual.
static double row_loss(ptrdiff_t classes, const double *logits, const double *targets,
                       double weight, double *residual) {
  double largest = logits[0];
  for (ptrdiff_t c = 1; c < classes; c++) largest = logits[c] > largest ? logits[c] : largest;
  double sum = 0;
  for (ptrdiff_t c = 0; c < classes; c++) {
    residual[c] = exp(logits[c] - largest);
    sum += residual[c];
  }
  double normalizer = largest + log(sum), loss = 0;
  for (ptrdiff_t c = 0; c < classes; c++) {
    if (targets[c] != 0) loss -= targets[c] * (logits[c] - normalizer);
    residual[c] = weight * (residual[c] / sum - targets[c]);
  }
  return weight * loss;
}

void eq_joint_softmax(ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t head_count,
                      const eq_softmax_head *heads, const double *targets,
                      const double *row_weights, const double *parameters, double *gradient,
                      double *losses, double *scratch) {
  const ptrdiff_t block = block_rows * classes;
  double *logits = scratch;                          // head_count blocks
  double *fused = logits + head_count * block;       // one row
  double *fused_residual = fused + classes;          // one row
  double *own_residual = fused_residual + classes;   // one row
  ptrdiff_t parameter_count = 0;
  for (ptrdiff_t m = 0; m < head_count; m++)
    parameter_count += (heads[m].columns + 1) * classes;
  for (ptrdiff_t k = 0; k < parameter_count; k++) gradient[k] = 0;

  for (ptrdiff_t i = 0; i < rows; i += block_rows) {
    ptrdiff_t count = rows - i < block_rows ? rows - i : block_rows;
    ptrdiff_t offset = 0;
    for (ptrdiff_t m = 0; m < head_count; m++) {
      head_logits(count, heads[m].columns, classes, heads[m].features + i * heads[m].columns,
                  parameters + offset, logits + m * block);
      offset += (heads[m].columns + 1) * classes;
    }
    for (ptrdiff_t r = 0; r < count; r++) {
      double weight = row_weights[i + r];
      for (ptrdiff_t c = 0; c < classes; c++) {
        double sum = 0;
        for (ptrdiff_t m = 0; m < head_count; m++)
          if (!heads[m].row_weights || heads[m].row_weights[i + r] > 0)
            sum += heads[m].emphasis * logits[m * block + r * classes + c];
        fused[c] = sum;
      }
      double loss =
          row_loss(classes, fused, targets + (i + r) * classes, weight, fused_residual);
      for (ptrdiff_t m = 0; m < head_count; m++) {
        double *own = logits + m * block + r * classes;
        double own_weight = heads[m].row_weights ? heads[m].row_weights[i + r] : weight;
        if (heads[m].row_weights && own_weight <= 0) {
          for (ptrdiff_t c = 0; c < classes; c++) own[c] = 0;
        } else if (heads[m].share != 0) {
          loss += heads[m].share * row_loss(classes, own, heads[m].targets + (i + r) * classes,
                                            own_weight, own_residual);
          for (ptrdiff_t c = 0; c < classes; c++)
            own[c] = heads[m].share * own_residual[c] + heads[m].emphasis * fused_residual[c];
        } else {
          for (ptrdiff_t c = 0; c < classes; c++)
            own[c] = heads[m].emphasis * fused_residual[c];
        }
      }
      losses[i + r] = loss;
    }
    offset = 0;
    for (ptrdiff_t m = 0; m < head_count; m++) {
      head_gradient(count, heads[m].columns, classes, heads[m].features + i * heads[m].columns,
                    logits + m * block, gradient + offset);
      offset += (heads[m].columns + 1) * classes;
    }
  }
}
