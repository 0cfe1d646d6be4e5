// The C interfaces of OpenBLAS and LAPACKE, with a word for whoever lacks them.
#ifndef KMEANS_OPENBLAS_H
#define KMEANS_OPENBLAS_H

#if !__has_include(<cblas.h>)
#error "cblas.h is missing: apt-get install libopenblas-dev (Debian, Ubuntu) or brew install openblas"
#endif
#if !__has_include(<lapacke.h>)
#error "lapacke.h is missing: apt-get install liblapacke-dev (Debian, Ubuntu) or brew install lapack"
#endif

#include <cblas.h>
#include <lapacke.h>

#endif
