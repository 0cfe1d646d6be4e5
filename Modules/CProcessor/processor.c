#if defined(__linux__)
#define _GNU_SOURCE
#include <sched.h>
#endif

#include "processor.h"

int kmeans_x86_level(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("movbe") && __builtin_cpu_supports("lzcnt") &&
           __builtin_cpu_supports("f16c");
  int v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  int vnni = v4 && __builtin_cpu_supports("avx512vnni");
  return vnni ? 5 : v4 ? 4 : v3 ? 3 : 1;
#else
  return 0;
#endif
}

int kmeans_affinity_count(void) {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return CPU_COUNT(&set);
#endif
  return 0;
}
