// zlib, with the one macro call that Swift cannot import spelled as a function.
#ifndef KMEANS_ZLIB_SHIM_H
#define KMEANS_ZLIB_SHIM_H

#if !__has_include(<zlib.h>)
#error "zlib.h is missing: apt-get install zlib1g-dev (Debian, Ubuntu) or brew install zlib"
#endif

#include <zlib.h>

/// `inflateInit2`; windowBits 15 + 16 reads gzip members and checks their CRC.
static inline int kmeans_inflateInit2(z_streamp stream, int windowBits) {
  return inflateInit2(stream, windowBits);
}

/// `deflateInit2` at a level, for a gzip member.
static inline int kmeans_deflateInitGzip(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/// `deflateInit2` at a level, for the deflated data alone: no header and no checksum.
static inline int kmeans_deflateInitRaw(z_streamp stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}

#endif
