// The C interface of OpenBLAS, with a word for whoever lacks it.
#ifndef KMEANS_OPENBLAS_H
#define KMEANS_OPENBLAS_H

#if !__has_include(<cblas.h>)
#error "cblas.h is missing: apt-get install libopenblas-dev (Debian, Ubuntu) or brew install openblas"
#endif

#include <cblas.h>

#endif
