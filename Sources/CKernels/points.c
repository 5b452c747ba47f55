// Exact searches of near points: 16 query points at a time against 16 points at a time, with or
// without a tree. Distances are the same chain of operations everywhere, without fused
// multiplication, and bounds of boxes round as distances do, so that a tree passes over nothing that
// the comparison of all pairs would find.
#include "CKernels.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF
// Vectors are passed between inlined functions only.
#pragma clang diagnostic ignored "-Wpsabi"

#if defined(__x86_64__) && defined(__linux__)
#define EQ_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define EQ_CLONES
#endif
#define EQ_INLINE static inline __attribute__((always_inline))

enum { lanes = eq_point_lanes, stack_size = 128 };
// Longest list kept in registers, and the fewest query points worth a pass over all of them.
enum { most_in_step = 6, least_in_step = 6 };

typedef double vector __attribute__((ext_vector_type(eq_point_lanes)));
typedef _Bool flags __attribute__((ext_vector_type(eq_point_lanes)));

EQ_INLINE vector load(const double *source) {
  vector result;
  memcpy(&result, source, sizeof result);
  return result;
}

EQ_INLINE vector larger(vector a, vector b) { return a > b ? a : b; }

// Bit l says whether lane l of a is below that of b.
EQ_INLINE uint32_t below(vector a, vector b) {
  flags result = __builtin_convertvector(a < b, flags);
  return __builtin_bit_cast(uint16_t, result);
}

EQ_INLINE const double *block_of(const eq_point_set *set, ptrdiff_t block) {
  return set->blocks + block * set->dimension * lanes;
}

EQ_INLINE uint32_t lanes_of(const eq_point_set *set, ptrdiff_t block) {
  ptrdiff_t held = set->count - block * lanes;
  return held < lanes ? (1u << held) - 1 : 0xffff;
}

// Distances of one point to a block; which of them are below the limit.
EQ_INLINE uint32_t distances_below(const eq_point_set *set, const double *block,
                                   const double *point, double limit, double *distances) {
  enum { stride = 8 };
  vector far = 0;
  ptrdiff_t c = 0;
  if (!set->space_ends) {
    for (ptrdiff_t end = stride; end < set->dimension; end += stride) {
      for (; c < end; c++) {
        vector difference = load(block + c * lanes) - point[c * lanes];
        far = larger(larger(difference, -difference), far);
      }
      if (!below(far, limit)) return 0;
    }
    for (; c < set->dimension; c++) {
      vector difference = load(block + c * lanes) - point[c * lanes];
      far = larger(larger(difference, -difference), far);
    }
  } else {
    for (ptrdiff_t space = 0; space < set->space_count; space++) {
      vector sum = 0;
      for (; c < set->space_ends[space]; c++) {
        vector difference = load(block + c * lanes) - point[c * lanes];
        sum += difference * difference;
      }
      far = larger(sum, far);
    }
  }
  memcpy(distances, &far, sizeof far);
  return below(far, limit);
}

// Distances of 16 query points to one point.
EQ_INLINE vector distances_in_step(const eq_point_set *set, const double *points,
                                   const double *point) {
  vector far = 0;
  ptrdiff_t c = 0, space = 0;
  while (c < set->dimension) {
    vector sum = 0;
    ptrdiff_t end = set->space_ends ? set->space_ends[space++] : set->dimension;
    for (; c < end; c++) {
      vector difference = load(points + c * lanes) - point[c * lanes];
      sum = set->space_ends ? sum + difference * difference
                            : larger(larger(difference, -difference), sum);
    }
    far = larger(sum, far);
  }
  return far;
}

// For each point of a block, no point in the box is nearer (or, if farthest, farther) than this.
EQ_INLINE vector box_bounds(const eq_point_set *set, const double *box, const double *points,
                            int farthest) {
  const double *low = box, *high = box + set->dimension;
  vector far = 0, zero = 0;
  ptrdiff_t c = 0, space = 0;
  while (c < set->dimension) {
    vector sum = 0;
    ptrdiff_t end = set->space_ends ? set->space_ends[space++] : set->dimension;
    for (; c < end; c++) {
      vector point = load(points + c * lanes);
      vector gap = farthest ? larger(point - low[c], high[c] - point)
                            : larger(larger(low[c] - point, point - high[c]), zero);
      sum = set->space_ends ? sum + gap * gap : larger(gap, sum);
    }
    far = larger(sum, far);
  }
  return far;
}

// A node of the tree with its blocks, and the query points that are concerned.
typedef struct {
  int32_t node;
  int32_t first;
  int32_t blocks;
  uint32_t concerned;
} subtree;

EQ_INLINE subtree left_of(subtree at) {
  return (subtree){at.node + 1, at.first, (at.blocks + 1) / 2, at.concerned};
}

EQ_INLINE subtree right_of(subtree at) {
  int32_t left = (at.blocks + 1) / 2;
  return (subtree){at.node + 2 * left, at.first + left, at.blocks - left, at.concerned};
}

typedef struct {
  const eq_point_set *set;
  ptrdiff_t own;
  ptrdiff_t k;
  double *distances;
  int32_t *indices;
  // What a distance must be below to matter, for each query point.
  double limits[eq_point_lanes];
} nearest_search;

// Puts a distance at its place in a full sorted list, and drops the last. Lists of distances alone
// stand place by place, of 16 query points.
EQ_INLINE void insert_distance(double *list, ptrdiff_t k, double distance) {
  ptrdiff_t at = (k - 1) * lanes;
  if (distance >= list[at]) return;
  for (; at > 0 && list[at - lanes] > distance; at -= lanes) list[at] = list[at - lanes];
  list[at] = distance;
}

EQ_INLINE void insert_point(double *list, int32_t *indices, ptrdiff_t k, double distance,
                            int32_t row) {
  ptrdiff_t at = k - 1;
  if (distance > list[at] || (distance == list[at] && row >= indices[at])) return;
  for (; at > 0 && (list[at - 1] > distance || (list[at - 1] == distance && indices[at - 1] > row));
       at--) {
    list[at] = list[at - 1];
    indices[at] = indices[at - 1];
  }
  list[at] = distance;
  indices[at] = row;
}

// Next number above a distance, which is never negative.
EQ_INLINE double next_above(double distance) {
  if (distance == INFINITY) return distance;
  uint64_t bits;
  memcpy(&bits, &distance, sizeof bits);
  bits++;
  memcpy(&distance, &bits, sizeof bits);
  return distance;
}

// Offers a block's points to the concerned query points.
EQ_INLINE void offer_block(nearest_search *search, ptrdiff_t other, uint32_t concerned) {
  const eq_point_set *set = search->set;
  const double *block = block_of(set, other), *own = block_of(set, search->own);
  double distances[eq_point_lanes];
  for (; concerned; concerned &= concerned - 1) {
    int q = __builtin_ctz(concerned);
    uint32_t near = distances_below(set, block, own + q, search->limits[q], distances);
    if (other == search->own) near &= ~(1u << q);
    if (!near) continue;
    if (search->indices) {
      double *list = search->distances + q * search->k;
      int32_t *indices = search->indices + q * search->k;
      for (; near; near &= near - 1) {
        int l = __builtin_ctz(near);
        insert_point(list, indices, search->k, distances[l], set->rows[other * lanes + l]);
      }
      // An equal distance still matters, since its row may be lower.
      search->limits[q] = next_above(list[search->k - 1]);
    } else {
      double *list = search->distances + q;
      for (; near; near &= near - 1)
        insert_distance(list, search->k, distances[__builtin_ctz(near)]);
      search->limits[q] = list[(search->k - 1) * lanes];
    }
  }
}

// Offers a block's points to all query points in step, distances alone: each list takes each point in
// by the smaller and larger of pairs, without a branch.
EQ_INLINE void offer_in_step(nearest_search *search, ptrdiff_t other, int k) {
  const eq_point_set *set = search->set;
  const double *block = block_of(set, other), *own = block_of(set, search->own);
  vector list[most_in_step];
  for (int j = 0; j < k; j++) list[j] = load(search->distances + j * lanes);
  for (int p = 0; p < lanes; p++) {
    vector far = distances_in_step(set, own, block + p);
    if (other == search->own) far[p] = INFINITY;
    for (int j = 0; j < k; j++) {
      vector held = list[j];
      list[j] = far < held ? far : held;
      far = far < held ? held : far;
    }
  }
  for (int j = 0; j < k; j++) memcpy(search->distances + j * lanes, &list[j], sizeof list[j]);
  vector limits = load(search->limits);
  limits = list[k - 1] < limits ? list[k - 1] : limits;
  memcpy(search->limits, &limits, sizeof limits);
}

// As offer_block. In step where the lists fit into registers and it pays.
EQ_INLINE void offer(nearest_search *search, ptrdiff_t other, uint32_t concerned) {
  if (search->indices || search->k > most_in_step || __builtin_popcount(concerned) < least_in_step) {
    offer_block(search, other, concerned);
    return;
  }
  switch (search->k) {
    case 1: offer_in_step(search, other, 1); break;
    case 2: offer_in_step(search, other, 2); break;
    case 3: offer_in_step(search, other, 3); break;
    case 4: offer_in_step(search, other, 4); break;
    case 5: offer_in_step(search, other, 5); break;
    default: offer_in_step(search, other, 6); break;
  }
}

// Down to the own block first, then its surroundings, nearest subtrees first.
EQ_INLINE void walk_nearest(nearest_search *search, uint32_t all) {
  const eq_point_set *set = search->set;
  const double *own = block_of(set, search->own);
  subtree stack[stack_size], at = {0, 0, (int32_t)((set->count + lanes - 1) / lanes), all};
  int depth = 0;
  while (at.blocks > 1) {
    subtree left = left_of(at), right = right_of(at);
    stack[depth++] = search->own < right.first ? right : left;
    at = search->own < right.first ? left : right;
  }
  offer(search, search->own, all);
  while (depth > 0) {
    at = stack[--depth];
    const double *box = set->boxes + (ptrdiff_t)at.node * 2 * set->dimension;
    uint32_t concerned = below(box_bounds(set, box, own, 0), load(search->limits));
    if (!concerned) continue;
    if (at.blocks == 1) {
      offer(search, at.first, concerned);
      continue;
    }
    ptrdiff_t split = set->splits[at.node];
    int is_left = own[split * lanes] <= box[3 * set->dimension + split];
    stack[depth++] = is_left ? right_of(at) : left_of(at);
    stack[depth++] = is_left ? left_of(at) : right_of(at);
  }
}

EQ_CLONES void eq_nearest_points(const eq_point_set *set, ptrdiff_t first, ptrdiff_t last,
                                 ptrdiff_t k, double *distances, int32_t *indices) {
  for (ptrdiff_t own = first; own < last; own++) {
    ptrdiff_t start = (own - first) * lanes * k;
    nearest_search search = {set, own, k, distances + start, indices ? indices + start : NULL, {0}};
    uint32_t all = lanes_of(set, own);
    for (int q = 0; q < lanes; q++) search.limits[q] = all >> q & 1 ? INFINITY : -1;
    for (ptrdiff_t i = 0; i < lanes * k; i++) search.distances[i] = INFINITY;
    if (indices)
      for (ptrdiff_t i = 0; i < lanes * k; i++) search.indices[i] = INT32_MAX;
    if (set->boxes) {
      walk_nearest(&search, all);
    } else {
      offer(&search, own, all);
      for (ptrdiff_t other = 0; other * lanes < set->count; other++)
        if (other != own) offer(&search, other, all);
    }
  }
}

EQ_INLINE void count_block(const eq_point_set *set, ptrdiff_t own, ptrdiff_t other,
                           uint32_t concerned, const double *limits, int32_t *counts) {
  double distances[eq_point_lanes];
  for (; concerned; concerned &= concerned - 1) {
    int q = __builtin_ctz(concerned);
    counts[q] += __builtin_popcount(distances_below(
        set, block_of(set, other), block_of(set, own) + q, limits[q], distances));
  }
}

EQ_INLINE void walk_counts(const eq_point_set *set, ptrdiff_t own, uint32_t all,
                           const double *limits, int32_t *counts) {
  const double *points = block_of(set, own);
  subtree stack[stack_size];
  int depth = 0;
  stack[depth++] = (subtree){0, 0, (int32_t)((set->count + lanes - 1) / lanes), all};
  while (depth > 0) {
    subtree at = stack[--depth];
    const double *box = set->boxes + (ptrdiff_t)at.node * 2 * set->dimension;
    at.concerned &= below(box_bounds(set, box, points, 0), load(limits));
    if (!at.concerned) continue;
    uint32_t inside = at.concerned & below(box_bounds(set, box, points, 1), load(limits));
    if (inside) {
      ptrdiff_t end = (ptrdiff_t)(at.first + at.blocks) * lanes;
      int32_t size = (int32_t)((end < set->count ? end : set->count) - at.first * lanes);
      at.concerned &= ~inside;
      for (; inside; inside &= inside - 1) counts[__builtin_ctz(inside)] += size;
      if (!at.concerned) continue;
    }
    if (at.blocks == 1) {
      count_block(set, own, at.first, at.concerned, limits, counts);
    } else {
      stack[depth++] = right_of(at);
      stack[depth++] = left_of(at);
    }
  }
}

EQ_CLONES void eq_points_within(const eq_point_set *set, ptrdiff_t first, ptrdiff_t last,
                                const double *limits, int32_t *counts) {
  for (ptrdiff_t own = first; own < last; own++, limits += lanes, counts += lanes) {
    uint32_t all = lanes_of(set, own);
    for (int q = 0; q < lanes; q++) counts[q] = 0;
    if (set->boxes) {
      walk_counts(set, own, all, limits, counts);
    } else {
      for (ptrdiff_t other = 0; other * lanes < set->count; other++)
        count_block(set, own, other, all, limits, counts);
    }
    // A point is at distance 0 of itself.
    for (int q = 0; q < lanes; q++) counts[q] -= limits[q] > 0;
  }
}
