"""The structures and numbers of kmeans.h, field by field; tests compare them with the header."""

import ctypes
from ctypes import POINTER, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint64, c_void_p

ABI_VERSION = 1

# km_status.
OK, INVALID_ARGUMENT, INVALID_DATA, INVALID_HANDLE, CANCELLED, FILE_ERROR = range(6)
OUT_OF_MEMORY, STREAM_ERROR, UNAVAILABLE, NOT_STARTED, INTERNAL_ERROR = range(6, 11)

FLOAT32, FLOAT64 = 1, 2
DENSE, CSR = 1, 2
CONTINUE, FINISH, CANCEL = 0, 1, 2

STRATEGIES = {"auto": 0, "fused": 1, "filtered": 2, "blas": 3, "inverted": 4}
DISTANCES = {"euclidean": 0, "cosine": 1}
INITS = {"k-means++": 0, "k-means++-plain": 1, "random": 2, "optimal": 3}
FORGETTING = {"half_life": 1, "decay_factor": 2, "forgetfulness": 3}
TIME_UNITS = {"batches": 0, "points": 1, "seconds": 2}
GAINS = {"weighted": 0, "fixed": 1}
DEATHS_NEVER, DEATHS_AFTER_HALF_LIVES, DEATHS_SPARK = 0, 1, 2
RULES = {"own": 0, "spark": 1}
EVENT_KINDS = {1: "born", 2: "died", 3: "split"}


class Sized(ctypes.Structure):
    """A structure that begins with its own size, by which the library knows the fields that there are."""

    def __init__(self, **fields):
        super().__init__(struct_size=ctypes.sizeof(self), **fields)


class km_rows(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("values", c_void_p),
        ("indices", c_void_p),
        ("offsets", c_void_p),
        ("weights", c_void_p),
        ("count", c_int64),
        ("columns", c_int64),
        ("row_stride", c_int64),
        ("nonzeros", c_int64),
        ("type", c_int32),
        ("layout", c_int32),
        ("index_bits", c_int32),
        ("offset_bits", c_int32),
    ]


class km_progress(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("run", c_int64),
        ("iteration", c_int64),
        ("seeds", c_int64),
        ("moved", c_int64),
        ("inertia", c_double),
    ]


# The context is the Python object that is told, so that its own method can be the function (see _interrupts).
km_progress_function = ctypes.CFUNCTYPE(c_int32, ctypes.py_object, POINTER(km_progress))


class km_fit_options(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("clusters", c_int64),
        ("seed", c_uint64),
        ("max_iterations", c_int64),
        ("tolerance", c_double),
        ("runs", c_int32),
        ("init", c_int32),
        ("distance", c_int32),
        ("standardize", c_int32),
        ("threads", c_int32),
        ("strategy", c_int32),
        ("record_inertia", c_int32),
        ("initial_centroids", POINTER(km_rows)),
        ("progress", km_progress_function),
        ("context", c_void_p),
    ]


class km_model_info(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("clusters", c_int64),
        ("columns", c_int64),
        ("iterations", c_int64),
        ("inertia", c_double),
        ("type", c_int32),
        ("converged", c_int32),
        ("distance", c_int32),
        ("standardized", c_int32),
    ]


class km_range(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("largest", c_double),
        ("smallest", c_double),
        ("floats", c_int32),
    ]


class km_stream_options(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("clusters", c_int64),
        ("seed", c_uint64),
        ("forgetting", c_double),
        ("death_half_lives", c_double),
        ("max_time_jump", c_double),
        ("first_rows", c_int64),
        ("type", c_int32),
        ("forgetting_form", c_int32),
        ("time_unit", c_int32),
        ("gain", c_int32),
        ("deaths", c_int32),
        ("rules", c_int32),
        ("distance", c_int32),
        ("standardize", c_int32),
        ("watch_drift", c_int32),
        ("threads", c_int32),
        ("strategy", c_int32),
        ("centroids", POINTER(km_rows)),
    ]


class km_batch_report(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("number", c_int64),
        ("points", c_int64),
        ("waiting_points", c_int64),
        ("too_late_points", c_int64),
        ("spare_clusters", c_int64),
        ("events", c_int64),
        ("time", c_double),
        ("inertia", c_double),
        ("inertia_after", c_double),
        ("drift_speed", c_double),
        ("drift_alarms", c_int32),
    ]


class km_event(ctypes.Structure):
    _fields_ = [("cluster", c_int64), ("parent", c_int64), ("label", c_int32), ("kind", c_int32)]


class km_predictions(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("labels", c_void_p),
        ("ids", c_void_p),
        ("squared_distances", c_void_p),
        ("margins", c_void_p),
        ("outlier_scores", c_void_p),
        ("tail_probabilities", c_void_p),
    ]


class km_stream_info(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("clusters", c_int64),
        ("columns", c_int64),
        ("batches", c_int64),
        ("points", c_int64),
        ("waiting_points", c_int64),
        ("time", c_double),
        ("type", c_int32),
        ("started", c_int32),
    ]


class km_sketch_options(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("clusters", c_int64),
        ("seed", c_uint64),
        ("num_clusters", c_int64),
        ("distance_cutoff", c_double),
        ("beta", c_double),
        ("type", c_int32),
        ("distance", c_int32),
        ("standardize", c_int32),
        ("threads", c_int32),
    ]


class km_sketch_info(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("clusters", c_int64),
        ("columns", c_int64),
        ("points", c_int64),
        ("centroids", c_int64),
        ("distance_cutoff", c_double),
        ("squared_error", c_double),
        ("type", c_int32),
    ]


class km_ball_options(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("clusters", c_int64),
        ("seed", c_uint64),
        ("max_iterations", c_int64),
        ("final_iterations", c_int64),
        ("trim_fraction", c_double),
        ("test_probability", c_double),
        ("runs", c_int32),
        ("random_init", c_int32),
        ("correct_weights", c_int32),
        ("threads", c_int32),
    ]


class km_cost(Sized):
    _fields_ = [("struct_size", c_size_t), ("lower", c_double), ("upper", c_double)]


class km_quality(Sized):
    _fields_ = [
        ("struct_size", c_size_t),
        ("points", c_int64),
        ("left_out", c_int64),
        ("clusters", c_int64),
        ("weight", c_double),
        ("inertia", c_double),
        ("davies_bouldin", c_double),
        ("calinski_harabasz", c_double),
        ("silhouette", c_double),
        ("simplified_silhouette", c_double),
        ("centroid_dunn", c_double),
    ]


class km_arrow_options(Sized):
    _fields_ = [("struct_size", c_size_t), ("memory", c_int64), ("spill_path", c_char_p)]
