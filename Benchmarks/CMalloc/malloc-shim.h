// What the allocator knows of this process, which Swift's Glibc module leaves out.
#ifndef KMEANS_MALLOC_SHIM_H
#define KMEANS_MALLOC_SHIM_H

#include <stddef.h>
#include <stdlib.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

/// Bytes that are allocated and not freed, over all arenas; 0 where the allocator does not say.
static inline size_t kmeans_bytes_in_use(void) {
#if defined(__GLIBC__)
  struct mallinfo2 found = mallinfo2();
  return found.uordblks + found.hblkhd;
#else
  return 0;
#endif
}

#endif
