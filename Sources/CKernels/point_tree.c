// A balanced tree over points whose leaves are full blocks, so that it needs no pointers.
#include "CKernels.h"

#include <math.h>
#include <string.h>

enum { lanes = eq_point_lanes };

typedef struct {
  ptrdiff_t count;
  ptrdiff_t dimension;
  const double *columns;
  double *keys;
  int32_t *rows;
  double *boxes;
  int32_t *splits;
} growing_tree;

static void exchange(double *keys, int32_t *rows, ptrdiff_t i, ptrdiff_t j) {
  double key = keys[i];
  int32_t row = rows[i];
  keys[i] = keys[j];
  rows[i] = rows[j];
  keys[j] = key;
  rows[j] = row;
}

// Moves the smallest keys among low..<high to the positions before `middle`; rows go along. The
// partition has no branch on keys; keys equal to the pivot are set aside at once where none is below.
static void select_smallest(double *keys, int32_t *rows, ptrdiff_t low, ptrdiff_t high,
                            ptrdiff_t middle) {
  while (high - low > 1) {
    ptrdiff_t quarter = (high - low) / 4;
    double a = keys[low + quarter], b = keys[low + 2 * quarter], c = keys[high - 1 - quarter];
    double less = a < b ? a : b, more = a < b ? b : a;
    double pivot = c < less ? less : c > more ? more : c;
    ptrdiff_t at = low;
    for (ptrdiff_t i = low; i < high; i++) {
      int is_below = keys[i] < pivot;
      exchange(keys, rows, i, at);
      at += is_below;
    }
    if (middle <= at) {
      if (middle == at) return;
      high = at;
    } else if (at > low) {
      low = at;
    } else {
      for (ptrdiff_t i = low; i < high; i++) {
        int is_pivot = keys[i] == pivot;
        exchange(keys, rows, i, at);
        at += is_pivot;
      }
      if (middle <= at) return;
      low = at;
    }
  }
}

static void bound_block(growing_tree *tree, ptrdiff_t low, ptrdiff_t high, double *box) {
  for (ptrdiff_t c = 0; c < tree->dimension; c++) {
    const double *column = tree->columns + c * tree->count;
    double least = column[tree->rows[low]], most = least;
    for (ptrdiff_t i = low + 1; i < high; i++) {
      double value = column[tree->rows[i]];
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    box[c] = least;
    box[tree->dimension + c] = most;
  }
}

// On entry the node's box need only hold its points; on return it is the smallest that does.
static void grow(growing_tree *tree, ptrdiff_t node, ptrdiff_t first, ptrdiff_t blocks) {
  ptrdiff_t d = tree->dimension, low = first * lanes, high = (first + blocks) * lanes;
  if (high > tree->count) high = tree->count;
  double *box = tree->boxes + node * 2 * d;
  ptrdiff_t split = 0;
  for (ptrdiff_t c = 1; c < d; c++)
    if (box[d + c] - box[c] > box[d + split] - box[split]) split = c;
  tree->splits[node] = (int32_t)split;
  if (blocks == 1) {
    bound_block(tree, low, high, box);
    return;
  }
  const double *column = tree->columns + split * tree->count;
  for (ptrdiff_t i = low; i < high; i++) tree->keys[i] = column[tree->rows[i]];
  ptrdiff_t on_left = (blocks + 1) / 2, middle = low + on_left * lanes;
  select_smallest(tree->keys, tree->rows, low, high, middle);
  double border = tree->keys[low];
  for (ptrdiff_t i = low; i < middle; i++)
    border = tree->keys[i] > border ? tree->keys[i] : border;
  double *left = box + 2 * d, *right = box + 4 * d * on_left;
  memcpy(left, box, (size_t)(2 * d) * sizeof *box);
  memcpy(right, box, (size_t)(2 * d) * sizeof *box);
  left[d + split] = border;
  right[split] = border;
  grow(tree, node + 1, first, on_left);
  grow(tree, node + 2 * on_left, first + on_left, blocks - on_left);
  for (ptrdiff_t c = 0; c < d; c++) {
    box[c] = left[c] < right[c] ? left[c] : right[c];
    box[d + c] = left[d + c] > right[d + c] ? left[d + c] : right[d + c];
  }
}

void eq_point_tree(ptrdiff_t count, ptrdiff_t dimension, const double *columns, double *keys,
                   int32_t *rows, double *boxes, int32_t *splits) {
  growing_tree tree = {count, dimension, columns, keys, rows, boxes, splits};
  for (ptrdiff_t i = 0; i < count; i++) rows[i] = (int32_t)i;
  if (count == 0) return;
  bound_block(&tree, 0, count, boxes);
  grow(&tree, 0, 0, (count + lanes - 1) / lanes);
}

void eq_point_blocks(ptrdiff_t count, ptrdiff_t dimension, const double *columns,
                     const int32_t *rows, double *blocks) {
  for (ptrdiff_t start = 0; start < count; start += lanes)
    for (ptrdiff_t c = 0; c < dimension; c++)
      for (ptrdiff_t i = start; i < start + lanes; i++)
        *blocks++ = i < count ? columns[c * count + rows[i]] : INFINITY;
}
