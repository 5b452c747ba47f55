#include "CCohorts.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

int eq_sha256_is_accelerated(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b >> 29 & 1)) return 0;
  return __get_cpuid(1, &a, &b, &c, &d) && (c >> 9 & 1) && (c >> 19 & 1);
}

// The instructions keep the state as (a b e f) and (c d g h) and do two rounds each.
__attribute__((target("sha,sse4.1,ssse3"))) void eq_sha256_blocks(uint32_t state[8],
                                                                  const uint32_t constants[64],
                                                                  const uint8_t *bytes,
                                                                  size_t blocks) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i *words = (__m128i *)state;
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xb1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1b);
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xf0);

  for (; blocks > 0; blocks--, bytes += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];
#pragma unroll
    for (int i = 0; i < 16; i++) {
      __m128i next;
      if (i < 4) {
        const __m128i *source = (const __m128i *)(bytes + 16 * i);
        next = _mm_shuffle_epi8(_mm_loadu_si128(source), big_endian);
      } else {
        __m128i before = w[(i - 1) & 3];
        __m128i middle = _mm_alignr_epi8(before, w[(i - 2) & 3], 4);
        next = _mm_sha256msg1_epu32(w[i & 3], w[(i - 3) & 3]);
        next = _mm_sha256msg2_epu32(_mm_add_epi32(next, middle), before);
      }
      w[i & 3] = next;
      const __m128i *k = (const __m128i *)(constants + 4 * i);
      const __m128i message = _mm_add_epi32(next, _mm_loadu_si128(k));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, message);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(message, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  low = _mm_shuffle_epi32(abef, 0x1b);
  high = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(words, _mm_blend_epi16(low, high, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(high, low, 8));
}

#else

int eq_sha256_is_accelerated(void) { return 0; }

void eq_sha256_blocks(uint32_t state[8], const uint32_t constants[64], const uint8_t *bytes,
                      size_t blocks) {
  (void)state, (void)constants, (void)bytes, (void)blocks;
}

#endif
