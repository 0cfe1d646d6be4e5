/*
 * kmeans.h - k-means, streaming k-means and one-pass k-means for C and everything that calls C.
 *
 *     km_fit_options options;
 *     km_fit_options_init(&options, sizeof options);
 *     options.clusters = 16;
 *     char message[256];
 *     km_model *model;
 *     if (km_fit_f32(rows, n, d, d, &options, &model, labels, message, sizeof message) != KM_OK)
 *       puts(message);
 *     km_model_free(model);
 *
 * Rules that hold for every function:
 *
 * - Status. A function that can fail returns a km_status: KM_OK (0), or what was wrong. Where it
 *   takes `message` and `message_size`, an error is written there in one line, cut to what fits and
 *   always ended by a NUL; both may be NULL and 0. Nothing is written to results where it failed,
 *   unless the function says so.
 * - Memory. The library keeps no pointer of yours beyond a call. Rows are read in place and never
 *   written. What a function hands out is yours until you hand it to its `_free`.
 * - Handles (km_model, km_sums, km_stream, km_sketch, km_bytes) are names, not addresses. One that
 *   was freed before, or that never was one, is refused with KM_INVALID_HANDLE, even where its
 *   number was long ago that of another one. Freeing NULL does nothing.
 * - Threads. Any function may be called from any thread at any time. Calls that use the same model,
 *   sums or bytes run at the same time; those that change one stream, sketch or sums wait for each
 *   other. Freeing a handle that another thread uses is safe: it goes when that call ends.
 * - The process. No call prints, exits, installs a signal handler or changes the threads of
 *   OpenBLAS, but for a call that asks for the strategy KM_STRATEGY_BLAS, while it runs. A Ctrl-C
 *   is yours to handle: `progress` says whether to go on. Rows that other threads change during a
 *   call give results of no meaning.
 * - Structures begin with their own size, which the function that initialises them sets: a program
 *   goes on to work with later versions, which may have more fields at the end.
 * - Numbers. int64_t counts, row-major rows, double for weights and sums. The same rows, options and
 *   seed give the same bits, for any number of threads and on any processor.
 */
#ifndef KMEANS_H
#define KMEANS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------------- version and status --- */

/* The version of this interface. A library with another number is no library for this header. */
#define KM_ABI_VERSION 1

typedef int32_t km_status;

enum {
  KM_OK = 0,
  KM_INVALID_ARGUMENT = 1, /* a pointer, size or option is wrong: the call must be changed */
  KM_INVALID_DATA = 2,     /* a value is wrong (NaN, a negative weight): the rows must be changed */
  KM_INVALID_HANDLE = 3,   /* it was freed, or is none of this kind */
  KM_CANCELLED = 4,        /* `progress` said KM_CANCEL; nothing is left of the call */
  KM_FILE_ERROR = 5,       /* a file cannot be read or written, or is of another kind or version */
  KM_OUT_OF_MEMORY = 6,    /* the process may not have the memory that the call needs */
  KM_STREAM_ERROR = 7,     /* an Arrow stream reported an error, or does not hold rows of numbers */
  KM_UNAVAILABLE = 8,      /* this machine lacks what was asked for: an instruction set, OpenBLAS */
  KM_NOT_STARTED = 9,      /* a stream has too few rows so far to have centroids */
  KM_INTERNAL_ERROR = 10   /* a fault of the library */
};

/* The version that the library was built with: compare it with KM_ABI_VERSION. */
uint32_t km_abi_version(void);

/* One line for people: version, instruction sets, how it was built. Never freed. */
const char *km_build_info(void);

/* The name of a status in the words of this header, such as "KM_INVALID_DATA"; "?" for others. */
const char *km_status_name(km_status status);

/* ------------------------------------------------------------------------------------- rows --- */

/* The type of values. */
enum { KM_FLOAT32 = 1, KM_FLOAT64 = 2 };

/* How rows lie in memory. */
enum {
  KM_DENSE = 1, /* one row after another */
  KM_CSR = 2    /* compressed sparse rows, as scipy.sparse.csr_matrix has them */
};

/*
 * Rows in the caller's memory: n points of d columns.
 *
 * KM_DENSE: value j of row i is values[i * row_stride + j]; row_stride 0 stands for `columns`.
 * KM_CSR: row i has the values values[offsets[i]] up to values[offsets[i + 1] - 1], in the columns
 * that `indices` says at the same places, in any order; values of one column are added. `indices`
 * and `offsets` are int32_t or int64_t by `index_bits` and `offset_bits`.
 */
typedef struct km_rows {
  size_t struct_size;
  const void *values;
  const void *indices;   /* KM_CSR: nonzeros columns */
  const void *offsets;   /* KM_CSR: count + 1 places */
  const double *weights; /* one finite weight >= 0 a row; NULL for 1 each */
  int64_t count;         /* rows */
  int64_t columns;       /* values of a row, at least 1 */
  int64_t row_stride;    /* KM_DENSE: values from one row to the next, at least `columns`; or 0 */
  int64_t nonzeros;      /* KM_CSR: entries of `values` and `indices` */
  int32_t type;          /* KM_FLOAT32 or KM_FLOAT64 */
  int32_t layout;        /* KM_DENSE or KM_CSR */
  int32_t index_bits;    /* KM_CSR: 32 or 64 */
  int32_t offset_bits;   /* KM_CSR: 32 or 64 */
} km_rows;

/* Zeroes the structure: dense rows of float32. */
void km_rows_init(km_rows *rows, size_t struct_size);

/* --------------------------------------------------------------------- options of all calls --- */

/* How centroids are ruled out. It changes the speed and never a result. */
enum {
  KM_STRATEGY_AUTO = 0,
  KM_STRATEGY_FUSED = 1,
  KM_STRATEGY_FILTERED = 2, /* wants a processor that multiplies bytes (AVX-512 VNNI) */
  KM_STRATEGY_BLAS = 3,     /* wants OpenBLAS, which is loaded then */
  KM_STRATEGY_INVERTED = 4  /* sparse rows */
};

/* What is near. With the cosine every row counts by its direction alone: spherical k-means. */
enum { KM_EUCLIDEAN = 0, KM_COSINE = 1 };

/* What `progress` answers. */
enum {
  KM_CONTINUE = 0,
  KM_FINISH = 1, /* no further iteration: the result so far is the result */
  KM_CANCEL = 2  /* leave nothing: the call returns KM_CANCELLED. So does any other number */
};

/* How far a fit is. */
typedef struct km_progress {
  size_t struct_size;
  int64_t run;       /* from 0 */
  int64_t iteration; /* from 1; 0 while initial centroids are looked for */
  int64_t seeds;     /* initial centroids so far */
  int64_t moved;     /* rows whose label changed; -1 before the first iteration */
  double inertia;    /* of the centroids that the iteration began with; NaN where `record_inertia` does not ask for it */
} km_progress;

/*
 * Called in the thread of the call, after every iteration and while initial centroids are found.
 * It may call any function of this header, and must return: no longjmp, no exception.
 */
typedef int32_t (*km_progress_function)(void *context, const km_progress *progress);

/* -------------------------------------------------------------------------------------- fit --- */

/* Where a fit starts from. */
enum {
  KM_INIT_GREEDY = 0,           /* greedy k-means++: scikit-learn's "k-means++" */
  KM_INIT_KMEANS_PLUS_PLUS = 1, /* Arthur and Vassilvitskii, 2007 */
  KM_INIT_RANDOM = 2,           /* rows, by their weights */
  KM_INIT_OPTIMAL = 3           /* one column: the global optimum */
};

typedef struct km_fit_options {
  size_t struct_size;
  int64_t clusters;              /* k, at least 1 and at most the number of rows */
  uint64_t seed;                 /* 0 */
  int64_t max_iterations;        /* 300 */
  double tolerance;              /* 1e-4: stop when the squared moves of all centroids add up to at most this
                                    times the mean variance of the columns; 0: when no label changes */
  int32_t runs;                  /* 1; the one of the least inertia wins */
  int32_t init;                  /* KM_INIT_GREEDY */
  int32_t distance;              /* KM_EUCLIDEAN */
  int32_t standardize;           /* 0; 1: columns are standardised, centroids are given in your units */
  int32_t threads;               /* 0: OMP_NUM_THREADS, or as many as the process may use */
  int32_t strategy;              /* KM_STRATEGY_AUTO */
  int32_t record_inertia;        /* 0; 1: `progress` is told the inertia of every iteration, a pass over the rows each */
  const km_rows *initial_centroids; /* k dense rows of the type of the rows; NULL: they are found */
  km_progress_function progress; /* NULL */
  void *context;                 /* what `progress` gets */
} km_fit_options;

/* A model: centroids and what is known of them. It never changes. */
typedef struct km_model km_model;

/* Sets the defaults that stand beside the fields. `struct_size` is sizeof(km_fit_options). */
void km_fit_options_init(km_fit_options *options, size_t struct_size);

/*
 * Clusters rows by Lloyd's algorithm, exactly: every label is that of the nearest centroid, the
 * lowest of equal ones.
 *
 * model:  OUT, to be freed; NULL where it is not wanted.
 * labels: OUT, one a row, from 0 to k - 1, those of the model's centroids; NULL where they are not
 *         wanted. May be written where the call fails.
 *
 * O(n k d) an iteration at most; memory for n labels, some 20 bytes a row and O(k d).
 */
km_status km_fit(
  const km_rows *rows, const km_fit_options *options, km_model **model, int32_t *labels,
  char *message, size_t message_size);

/* The same for n dense rows of d values without weights, `stride` values apart. */
km_status km_fit_f32(
  const float *values, int64_t n, int64_t d, int64_t stride, const km_fit_options *options,
  km_model **model, int32_t *labels, char *message, size_t message_size);
km_status km_fit_f64(
  const double *values, int64_t n, int64_t d, int64_t stride, const km_fit_options *options,
  km_model **model, int32_t *labels, char *message, size_t message_size);

/*
 * Finds initial centroids, and nothing else: by `init` and `seed`, those that km_fit begins with.
 * Rows are dense, distances Euclidean, columns not standardised.
 *
 * centroids: OUT, k x d values of the type of the rows.
 * numbers:   OUT, the number of the first row that each of them equals, k of them, -1 where it is
 *            none (KM_INIT_OPTIMAL); or NULL.
 */
km_status km_seed(
  const km_rows *rows, const km_fit_options *options, void *centroids, int64_t *numbers,
  char *message, size_t message_size);

/* ----------------------------------------------------------------------------------- models --- */

/* Bytes that the library made: models, sums, streams and sketches to send or to keep elsewhere. */
typedef struct km_bytes km_bytes;

typedef struct km_model_info {
  size_t struct_size;
  int64_t clusters;
  int64_t columns;
  int64_t iterations;
  double inertia;    /* sum of weight times squared distance, of the rows of the fit */
  int32_t type;      /* KM_FLOAT32 or KM_FLOAT64: rows that it is asked about must be of this type */
  int32_t converged; /* whether it stopped by itself */
  int32_t distance;  /* KM_EUCLIDEAN, KM_COSINE, or -1 for another one of a file */
  int32_t standardized; /* whether columns are brought to mean 0 and variance 1 */
} km_model_info;

/* Fills in `info`, whose struct_size the caller sets to sizeof(km_model_info). */
km_status km_model_get_info(
  const km_model *model, km_model_info *info, char *message, size_t message_size);

/*
 * A model of centroids that come from elsewhere.
 *
 * centroids: dense rows, whose weights are those of the clusters.
 * distance:  KM_EUCLIDEAN, or KM_COSINE: then only the directions of the centroids count.
 */
km_status km_model_create(
  const km_rows *centroids, int32_t distance, km_model **model, char *message,
  size_t message_size);

/* Copies the centroids, in the units of the rows: room for `capacity` >= k d values of its type. */
km_status km_model_centroids(
  const km_model *model, void *centroids, size_t capacity, char *message, size_t message_size);

/* Copies the weights of the clusters: room for `capacity` >= k doubles. */
km_status km_model_weights(
  const km_model *model, double *weights, size_t capacity, char *message, size_t message_size);

/*
 * Finds the nearest centroid of each row.
 *
 * threads:   0 for as many as the process may use.
 * labels:    OUT, one a row.
 * distances: OUT, the squared distance to it, one a row; NULL where they are not wanted.
 *
 * O(n k d); the weights of the rows are not looked at.
 */
km_status km_model_assign(
  const km_model *model, const km_rows *rows, int32_t threads, int32_t *labels, double *distances,
  char *message, size_t message_size);

/*
 * Finds the nearest centroid of each row of a file, in memory for some rows at a time. Columns are
 * chosen by their names where the model and the file have names.
 *
 * labels:   OUT, one a row, as far as `capacity` allows; NULL where only the count is wanted.
 * capacity: how many labels there is room for: too few are an error.
 * count:    OUT, how many rows the file has; NULL where it is not wanted.
 */
km_status km_model_assign_file(
  const km_model *model, const char *path, int32_t threads, int32_t *labels, size_t capacity,
  int64_t *count, char *message, size_t message_size);

/* Computes the squared distance of each row to each centroid: OUT, n x k doubles. */
km_status km_model_distances(
  const km_model *model, const km_rows *rows, int32_t threads, double *distances, char *message,
  size_t message_size);

/*
 * Names the columns of the rows. Files of the model hold the names, by which the command `kmeans`
 * chooses columns, and the Python package refuses rows that have others.
 *
 * names: `count` texts in UTF-8, one a column; with a count of 0, the names are forgotten.
 *
 * A model of km_fit_file knows the names in its file; one of a stream or a sketch those of that.
 */
km_status km_model_set_column_names(
  km_model *model, const char *const *names, size_t count, char *message, size_t message_size);

/* The names of the columns: OUT, each with its NUL, one behind the other; no bytes for no names. */
km_status km_model_column_names(
  const km_model *model, km_bytes **names, char *message, size_t message_size);

/* Writes a file of the model: versioned, with checksums, whole or as it was before. */
km_status km_model_save(
  const km_model *model, const char *path, char *message, size_t message_size);
km_status km_model_load(const char *path, km_model **model, char *message, size_t message_size);

km_status km_model_free(km_model *model);

/* ------------------------------------------------------------------------------------ bytes --- */

/* The address and the number of the bytes; valid until they are freed. */
km_status km_bytes_view(
  const km_bytes *bytes, const uint8_t **data, size_t *size, char *message, size_t message_size);
km_status km_bytes_free(km_bytes *bytes);

/* What km_model_save writes, as bytes; and the model in such bytes, which may come from a file. */
km_status km_model_encode(
  const km_model *model, km_bytes **bytes, char *message, size_t message_size);
km_status km_model_decode(
  const uint8_t *data, size_t size, km_model **model, char *message, size_t message_size);

/* ------------------------------------------------------------------------------------- sums --- */

/*
 * Partial sums: what an engine needs that has rows on many machines. Each part of the rows is
 * assigned to the same centroids and summed where it is; the sums travel as bytes, are merged in
 * any order, and give the centroids of the next iteration, to the bit of a single pass.
 *
 *     on each worker:   km_range_measure                            (once)
 *     on the driver:    km_range_merge                              (once)
 *     each iteration:   km_sums_assign, km_sums_encode on each worker
 *                       km_sums_decode, km_sums_merge, km_sums_finish on the driver
 */
typedef struct km_sums km_sums;

/* How large and how small values are: whether sums of them can be free of rounding. */
typedef struct km_range {
  size_t struct_size;
  double largest;  /* the largest magnitude; 0 of no values */
  double smallest; /* the smallest magnitude but zero; infinite of no values */
  int32_t floats;  /* 1 where a float32 holds every value */
} km_range;

/* The range of no values. */
void km_range_init(km_range *range, size_t struct_size);
/* The range of some dense rows; refuses values that are not finite. O(n d). */
km_status km_range_measure(
  const km_rows *rows, km_range *range, char *message, size_t message_size);
/* Widens a range by another one. */
km_status km_range_merge(
  km_range *range, const km_range *other, char *message, size_t message_size);

/*
 * Parts of the rows must begin at a multiple of so many rows, a power of two, for k clusters; 0
 * where k is no number of clusters. The last part may end anywhere.
 */
int64_t km_sums_alignment(int64_t clusters);

/*
 * Assigns rows to the centroids of a model and sums them by cluster.
 *
 * rows:      dense, a part of all rows.
 * first_row: the number of its first row among all, a multiple of km_sums_alignment.
 * all_rows:  how many there are in all.
 * range:     that of all rows; NULL where sums may be rounded. All parts must give the same one.
 * labels:    IN and OUT, one a row of the part; NULL where they are not wanted. With `known` they
 *            are those of the iteration before, near which the search begins.
 * moved:     OUT, how many labels differ from those that were known; or NULL.
 */
km_status km_sums_assign(
  const km_model *model, const km_rows *rows, int64_t first_row, int64_t all_rows,
  const km_range *range, int32_t threads, int32_t known, int32_t *labels, int64_t *moved,
  km_sums **sums, char *message, size_t message_size);

/* Adds the sums of other rows. Refused where rows are in both. `other` stays as it is. */
km_status km_sums_merge(km_sums *sums, const km_sums *other, char *message, size_t message_size);

/*
 * The model of the sums: the mean of each cluster; a cluster without rows keeps its centroid.
 *
 * all_rows: how many rows there are; it is refused where some are missing.
 * before:   the model that the rows were assigned to.
 * after:    OUT, the next one. Its inertia is that of the rows to the centroids of `before`.
 */
km_status km_sums_finish(
  const km_sums *sums, int64_t all_rows, const km_model *before, km_model **after, char *message,
  size_t message_size);

km_status km_sums_encode(const km_sums *sums, km_bytes **bytes, char *message, size_t message_size);
km_status km_sums_decode(
  const uint8_t *data, size_t size, km_sums **sums, char *message, size_t message_size);
km_status km_sums_free(km_sums *sums);

/* ---------------------------------------------------------------------------------- streams --- */

/* Streaming k-means: rows come batch by batch and are forgotten as they age. */
typedef struct km_stream km_stream;

/* How old rows are forgotten: a half-life h, a decay factor a = (1/2)^(1/h), a forgetfulness 1 - a. */
enum {
  KM_FORGET_NEVER = 0,
  KM_FORGET_HALF_LIFE = 1,
  KM_FORGET_DECAY_FACTOR = 2,
  KM_FORGET_FORGETFULNESS = 3
};

/* The unit in which time is counted. */
enum { KM_BATCHES = 0, KM_POINTS = 1, KM_SECONDS = 2 };

/* How centroids move: by the share of the new rows in their weight, or by what is forgotten. */
enum { KM_GAIN_WEIGHTED = 0, KM_GAIN_FIXED = 1 };

/* When clusters that get no rows die, and the one with the largest error is split. */
enum { KM_DEATHS_NEVER = 0, KM_DEATHS_AFTER_HALF_LIVES = 1, KM_DEATHS_SPARK = 2 };

/* Whose rules hold: this library's, or those of Spark MLlib's StreamingKMeans (KM_FLOAT64 alone). */
enum { KM_RULES_OWN = 0, KM_RULES_SPARK = 1 };

typedef struct km_stream_options {
  size_t struct_size;
  int64_t clusters;
  uint64_t seed;            /* 0 */
  double forgetting;        /* the half-life, factor or share that `forgetting_form` names; 0 */
  double death_half_lives;  /* 8 */
  double max_time_jump;     /* 100 half-lives */
  int64_t first_rows;       /* 0: 20 a cluster; how many rows a stream begins with */
  int32_t type;             /* KM_FLOAT32: of the rows that will come */
  int32_t forgetting_form;  /* KM_FORGET_NEVER */
  int32_t time_unit;        /* KM_BATCHES */
  int32_t gain;             /* KM_GAIN_WEIGHTED */
  int32_t deaths;           /* KM_DEATHS_AFTER_HALF_LIVES */
  int32_t rules;            /* KM_RULES_OWN */
  int32_t distance;         /* KM_EUCLIDEAN */
  int32_t standardize;      /* 0 */
  int32_t watch_drift;      /* 0 */
  int32_t threads;          /* 0 */
  int32_t strategy;         /* KM_STRATEGY_AUTO */
  const km_rows *centroids; /* dense rows to begin with, with their weights; NULL: found among the first rows */
} km_stream_options;

void km_stream_options_init(km_stream_options *options, size_t struct_size);

km_status km_stream_create(
  const km_stream_options *options, km_stream **stream, char *message, size_t message_size);

/* What an update did. Sums are of the rows of the batch, each with its weight at its end. */
typedef struct km_batch_report {
  size_t struct_size;
  int64_t number;           /* of the batch, from 1 */
  int64_t points;
  int64_t waiting_points;   /* kept to begin with, where there are no centroids yet */
  int64_t too_late_points;  /* too old to have a weight */
  int64_t spare_clusters;   /* without a place of their own, for too few rows differ */
  int64_t events;           /* how many km_stream_events has */
  double time;              /* of the stream's clock after it */
  double inertia;           /* to the centroids as they were */
  double inertia_after;     /* to those after the update */
  double drift_speed;       /* of the centroids, in radii per half-life; NaN where drift is not watched */
  int32_t drift_alarms;     /* figures of the stream that have changed */
} km_batch_report;

/*
 * Learns a batch of rows.
 *
 * times:  one a row, in any order, where the unit of time is seconds. By batches or points NULL, where they simply go
 *         on; else the number of each row's batch, or of the row: so parts of one stream have one clock.
 * report: OUT, or NULL.
 * labels: OUT, the nearest centroid before the update, -1 where there was none; or NULL.
 */
km_status km_stream_update(
  km_stream *stream, const km_rows *rows, const double *times, km_batch_report *report,
  int32_t *labels, char *message, size_t message_size);

/* What happened to a cluster. */
enum { KM_BORN = 1, KM_DIED = 2, KM_SPLIT = 3 };

typedef struct km_event {
  int64_t cluster; /* its id, which no other cluster of the stream ever has */
  int64_t parent;  /* KM_SPLIT: the id of the one it came from; -1 elsewhere */
  int32_t label;   /* its row of the centroids */
  int32_t kind;    /* KM_BORN, KM_DIED or KM_SPLIT */
} km_event;

/* The events of the last update, in their order: at most `capacity`. count: OUT, how many there are. */
km_status km_stream_events(
  const km_stream *stream, km_event *events, size_t capacity, size_t *count, char *message,
  size_t message_size);

/* What is said of rows; every array has one entry a row, or is NULL: what is not wanted is not computed. */
typedef struct km_predictions {
  size_t struct_size;
  int32_t *labels;            /* the nearest centroid */
  int64_t *ids;               /* the id of its cluster */
  double *squared_distances;  /* to it */
  double *margins;            /* the distance to the second nearest less that to the nearest */
  double *outlier_scores;     /* the distance in radii of the cluster */
  double *tail_probabilities; /* of rows as unlikely, were the cluster normal */
} km_predictions;

/* Nothing is wanted: all NULL. */
void km_predictions_init(km_predictions *predictions, size_t struct_size);

/* Predicts rows by the present state; they are not learnt. KM_NOT_STARTED before there are centroids. */
km_status km_stream_predict(
  const km_stream *stream, const km_rows *rows, const km_predictions *predictions, char *message,
  size_t message_size);

typedef struct km_stream_info {
  size_t struct_size;
  int64_t clusters;
  int64_t columns; /* 0 before the first row */
  int64_t batches;
  int64_t points;
  int64_t waiting_points;
  double time;     /* of its clock; NaN before the first time */
  int32_t type;
  int32_t started; /* whether there are centroids */
} km_stream_info;

km_status km_stream_get_info(
  const km_stream *stream, km_stream_info *info, char *message, size_t message_size);

/*
 * What a stream was begun with, of a file too: OUT, its struct_size set; centroids is NULL.
 * KM_INVALID_ARGUMENT where km_stream_options has no word for it.
 */
km_status km_stream_get_options(
  const km_stream *stream, km_stream_options *options, char *message, size_t message_size);

/* Names of columns as of a model, once a row has come; km_stream_snapshot hands them on. */
km_status km_stream_set_column_names(
  km_stream *stream, const char *const *names, size_t count, char *message, size_t message_size);
km_status km_stream_column_names(
  const km_stream *stream, km_bytes **names, char *message, size_t message_size);

/* Copies the centroids in double [k x d], the present weights [k] or the ids [k]; KM_NOT_STARTED. */
km_status km_stream_centroids(
  const km_stream *stream, double *centroids, size_t capacity, char *message, size_t message_size);
km_status km_stream_weights(
  const km_stream *stream, double *weights, size_t capacity, char *message, size_t message_size);
km_status km_stream_ids(
  const km_stream *stream, int64_t *ids, size_t capacity, char *message, size_t message_size);

/* The present model, which no later update changes. O(k d). */
km_status km_stream_snapshot(
  const km_stream *stream, km_model **model, char *message, size_t message_size);

/* Files and bytes of the whole state: a stream that is saved and loaded goes on bit for bit. */
km_status km_stream_save(
  const km_stream *stream, const char *path, char *message, size_t message_size);
km_status km_stream_load(const char *path, km_stream **stream, char *message, size_t message_size);
km_status km_stream_encode(
  const km_stream *stream, km_bytes **bytes, char *message, size_t message_size);
km_status km_stream_decode(
  const uint8_t *data, size_t size, km_stream **stream, char *message, size_t message_size);
km_status km_stream_free(km_stream *stream);

/* --------------------------------------------------------------------------------- sketches --- */

/*
 * One pass over the rows, in memory for some k log n centroids: Mahout's StreamingKMeans, and ball
 * k-means of what it keeps.
 */
typedef struct km_sketch km_sketch;

typedef struct km_sketch_options {
  size_t struct_size;
  int64_t clusters;
  uint64_t seed;           /* 0 */
  int64_t num_clusters;    /* 0: k (ln n + 1) or so; the centroids to begin with */
  double distance_cutoff;  /* 0: estimated from the first rows */
  double beta;             /* 1.3: how fast the cutoff grows */
  int32_t type;            /* KM_FLOAT32: of the rows that will come */
  int32_t distance;        /* KM_EUCLIDEAN */
  int32_t standardize;     /* 0 */
  int32_t threads;         /* 0 */
} km_sketch_options;

void km_sketch_options_init(km_sketch_options *options, size_t struct_size);

km_status km_sketch_create(
  const km_sketch_options *options, km_sketch **sketch, char *message, size_t message_size);
/* Adds rows; nothing was added where it fails. */
km_status km_sketch_add(km_sketch *sketch, const km_rows *rows, char *message, size_t message_size);
/* Adds what another sketch of the same options knows. `other` stays as it is. */
km_status km_sketch_merge(
  km_sketch *sketch, const km_sketch *other, char *message, size_t message_size);

typedef struct km_sketch_info {
  size_t struct_size;
  int64_t clusters;
  int64_t columns; /* 0 before the first row */
  int64_t points;
  int64_t centroids;
  double distance_cutoff; /* NaN before the first row */
  double squared_error;   /* of the rows about the centroids they went to */
  int32_t type;
} km_sketch_info;

km_status km_sketch_get_info(
  const km_sketch *sketch, km_sketch_info *info, char *message, size_t message_size);

/*
 * What a sketch was begun with, of a file too: OUT, its struct_size set. KM_INVALID_ARGUMENT where
 * km_sketch_options has no word for it.
 */
km_status km_sketch_get_options(
  const km_sketch *sketch, km_sketch_options *options, char *message, size_t message_size);

/* Names of columns as of a model, once a row has come; km_sketch_cluster hands them on. */
km_status km_sketch_set_column_names(
  km_sketch *sketch, const char *const *names, size_t count, char *message, size_t message_size);
km_status km_sketch_column_names(
  const km_sketch *sketch, km_bytes **names, char *message, size_t message_size);

typedef struct km_ball_options {
  size_t struct_size;
  int64_t clusters;          /* 0: those of the sketch */
  uint64_t seed;             /* 0 */
  int64_t max_iterations;    /* 10 */
  int64_t final_iterations;  /* 300: of Lloyd's algorithm, after the last run */
  double trim_fraction;      /* 0.9487: the share of the distance to the next centroid that is a ball */
  double test_probability;   /* 0: the share of points that judge the runs and are not learnt */
  int32_t runs;              /* 10 */
  int32_t random_init;       /* 0: greedy k-means++ */
  int32_t correct_weights;   /* 1 */
  int32_t threads;           /* 0 */
} km_ball_options;

void km_ball_options_init(km_ball_options *options, size_t struct_size);

/* Bounds of the k-means cost of all rows for the centroids of a model. */
typedef struct km_cost {
  size_t struct_size;
  double lower;
  double upper;
} km_cost;

/* Clusters what a sketch knows. options: NULL for the defaults. cost: OUT, or NULL. */
km_status km_sketch_cluster(
  const km_sketch *sketch, const km_ball_options *options, km_model **model, km_cost *cost,
  char *message, size_t message_size);

km_status km_sketch_save(
  const km_sketch *sketch, const char *path, char *message, size_t message_size);
km_status km_sketch_load(const char *path, km_sketch **sketch, char *message, size_t message_size);
km_status km_sketch_encode(
  const km_sketch *sketch, km_bytes **bytes, char *message, size_t message_size);
km_status km_sketch_decode(
  const uint8_t *data, size_t size, km_sketch **sketch, char *message, size_t message_size);
km_status km_sketch_free(km_sketch *sketch);

/* ------------------------------------------------------------------------------- evaluation --- */

/* How good labels are. What has no value (one cluster, say) is NaN. */
typedef struct km_quality {
  size_t struct_size;
  int64_t points;
  int64_t left_out;           /* rows of the label -1 */
  int64_t clusters;           /* that have rows */
  double weight;
  double inertia;
  double davies_bouldin;
  double calinski_harabasz;
  double silhouette;          /* of a sample */
  double simplified_silhouette;
  double centroid_dunn;
} km_quality;

/*
 * Measures the quality of labels of any origin.
 *
 * labels:  one a row, -1 for none.
 * sample:  how many rows to draw for the silhouette; 0 for 10,000.
 * quality: OUT; its struct_size the caller sets.
 *
 * O(n k d + m^2 d) for a sample of m rows.
 */
km_status km_evaluate(
  const km_rows *rows, const int32_t *labels, int64_t sample, uint64_t seed, int32_t threads,
  km_quality *quality, char *message, size_t message_size);

/* ------------------------------------------------------------------------------ Arrow, files --- */

/*
 * The Arrow C data and C stream interfaces, as https://arrow.apache.org/docs/format/ has them: the
 * ABI is frozen, and the guards let several projects declare it.
 */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char *format;
  const char *name;
  const char *metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema **children;
  struct ArrowSchema *dictionary;
  void (*release)(struct ArrowSchema *);
  void *private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void **buffers;
  struct ArrowArray **children;
  struct ArrowArray *dictionary;
  void (*release)(struct ArrowArray *);
  void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
  int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
  const char *(*get_last_error)(struct ArrowArrayStream *);
  void (*release)(struct ArrowArrayStream *);
  void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/*
 * Rows of an Arrow stream: one column of lists (fixed-size lists, lists, large lists) of float16,
 * float32, float64 or int8, all of one length; or one or more plain columns of numbers, which are
 * the columns of the rows in their order. Slices, offsets and validity are as Arrow says; a null is
 * refused with its row. Values become float32, or float64 where the stream holds float64 or integers
 * beyond 16 bits.
 *
 * Every function that takes a stream owns it from the call on, and releases it exactly once, also
 * where it fails: its `release` is NULL then. A stream that was released is refused.
 */
typedef struct km_arrow_options {
  size_t struct_size;
  int64_t memory;         /* bytes of rows to keep in memory; 0: half of what is free. More rows than that go to a
                             file, and are read again in every iteration */
  const char *spill_path; /* the folder of that file, which has no name there; NULL: TMPDIR, or /tmp */
} km_arrow_options;

void km_arrow_options_init(km_arrow_options *options, size_t struct_size);

/*
 * Clusters the rows of a stream.
 *
 * arrow:         NULL for the defaults.
 * labels:        OUT, an int32 array without nulls that the caller releases; with its schema; both
 *                NULL where they are not wanted.
 */
km_status km_fit_arrow_stream(
  struct ArrowArrayStream *stream, const km_fit_options *options, const km_arrow_options *arrow,
  km_model **model, struct ArrowArray *labels, struct ArrowSchema *labels_schema, char *message,
  size_t message_size);

/* Finds the nearest centroid of each row of a stream, batch by batch. */
km_status km_model_assign_arrow_stream(
  const km_model *model, struct ArrowArrayStream *stream, int32_t threads,
  struct ArrowArray *labels, struct ArrowSchema *labels_schema, char *message,
  size_t message_size);

/*
 * Reads a stream into memory.
 *
 * values: OUT, what owns the values until it is freed.
 * rows:   OUT, its struct_size set: dense rows among those values.
 */
km_status km_arrow_stream_read(
  struct ArrowArrayStream *stream, km_bytes **values, km_rows *rows, char *message,
  size_t message_size);

/*
 * Learns the rows of a stream: each batch of it is one batch. Those before an error have been learnt.
 *
 * report: OUT, of the last batch that was learnt; or NULL.
 */
km_status km_stream_update_arrow_stream(
  km_stream *stream, struct ArrowArrayStream *batches, km_batch_report *report, char *message,
  size_t message_size);

/*
 * Adds the rows of a stream to a sketch, at most 4,096 at a time. Those before an error have been added, but for the
 * others of its slice where a value is wrong: km_sketch_get_info says how many points there are.
 */
km_status km_sketch_add_arrow_stream(
  km_sketch *sketch, struct ArrowArrayStream *stream, char *message, size_t message_size);

/* Labels that lie in memory as an Arrow array of int32, a copy of them, and its schema. */
km_status km_labels_to_arrow(
  const int32_t *labels, int64_t count, struct ArrowArray *array, struct ArrowSchema *schema,
  char *message, size_t message_size);

/*
 * Clusters the rows of a file that is read again in every iteration: npy, fbin, fvecs, bvecs, csv and what else the
 * command kmeans reads, by its extension.
 *
 * memory: bytes that the process may take; 0 for a few hundred MiB beside some 40 bytes a row.
 * labels: OUT, room for `capacity` labels; NULL where they are not wanted.
 * count:  OUT, the number of rows; or NULL.
 */
km_status km_fit_file(
  const char *path, const km_fit_options *options, int64_t memory, km_model **model,
  int32_t *labels, size_t capacity, int64_t *count, char *message, size_t message_size);

#ifdef __cplusplus
}
#endif

#endif /* KMEANS_H */
