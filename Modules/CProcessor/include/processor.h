// What the processor and its operating system are asked, or told.
#ifndef KMEANS_PROCESSOR_H
#define KMEANS_PROCESSOR_H

/// 5 with AVX-512 (F, BW, CD, DQ, VL) and its VNNI, 4 without VNNI, 3 with AVX2, FMA and BMI, else
/// 1; 0 on other architectures.
int kmeans_x86_level(void);

/// How many processors the affinity mask of this process allows; 0 where that cannot be asked.
int kmeans_affinity_count(void);

/// Tells the processor that a thread waits in a loop: another one on the same core goes on faster.
static inline void kmeans_pause(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
