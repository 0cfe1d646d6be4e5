"""What every function of kmeans.h takes and returns.

Handles, and arrays of numbers, are plain addresses here: NumPy knows those of its arrays.
"""

from ctypes import POINTER, c_char_p, c_int32, c_int64, c_size_t, c_uint32, c_uint64, c_void_p

from ._arrow_structures import ArrowArray, ArrowArrayStream, ArrowSchema
from ._structures import (
    km_arrow_options,
    km_ball_options,
    km_batch_report,
    km_cost,
    km_event,
    km_fit_options,
    km_model_info,
    km_predictions,
    km_quality,
    km_range,
    km_rows,
    km_sketch_info,
    km_sketch_options,
    km_stream_info,
    km_stream_options,
)

HANDLE = ARRAY = c_void_p
NEW_HANDLE = POINTER(c_void_p)
ROWS, FIT_OPTIONS, RANGE = POINTER(km_rows), POINTER(km_fit_options), POINTER(km_range)
STREAM, LABELS, LABELS_SCHEMA = POINTER(ArrowArrayStream), POINTER(ArrowArray), POINTER(ArrowSchema)
BYTES, SIZE = c_char_p, c_size_t
NAMES = POINTER(c_char_p)


def status(*arguments):
    """A function that can fail: it says so by its status, and why in a message."""
    return c_int32, [*arguments, c_char_p, c_size_t]


def free():
    return c_int32, [HANDLE]


def init(structure):
    return None, [POINTER(structure), SIZE]


PROTOTYPES = {
    "km_abi_version": (c_uint32, []),
    "km_build_info": (c_char_p, []),
    "km_status_name": (c_char_p, [c_int32]),
    "km_rows_init": init(km_rows),
    # Fits.
    "km_fit_options_init": init(km_fit_options),
    "km_fit": status(ROWS, FIT_OPTIONS, NEW_HANDLE, ARRAY),
    "km_fit_f32": status(ARRAY, c_int64, c_int64, c_int64, FIT_OPTIONS, NEW_HANDLE, ARRAY),
    "km_fit_f64": status(ARRAY, c_int64, c_int64, c_int64, FIT_OPTIONS, NEW_HANDLE, ARRAY),
    "km_seed": status(ROWS, FIT_OPTIONS, ARRAY, ARRAY),
    # Models.
    "km_model_get_info": status(HANDLE, POINTER(km_model_info)),
    "km_model_create": status(ROWS, c_int32, NEW_HANDLE),
    "km_model_centroids": status(HANDLE, ARRAY, SIZE),
    "km_model_weights": status(HANDLE, ARRAY, SIZE),
    "km_model_assign": status(HANDLE, ROWS, c_int32, ARRAY, ARRAY),
    "km_model_assign_file": status(HANDLE, c_char_p, c_int32, ARRAY, SIZE, POINTER(c_int64)),
    "km_model_distances": status(HANDLE, ROWS, c_int32, ARRAY),
    "km_model_set_column_names": status(HANDLE, NAMES, SIZE),
    "km_model_column_names": status(HANDLE, NEW_HANDLE),
    "km_model_save": status(HANDLE, c_char_p),
    "km_model_load": status(c_char_p, NEW_HANDLE),
    "km_model_free": free(),
    # Bytes.
    "km_bytes_view": status(HANDLE, POINTER(c_void_p), POINTER(SIZE)),
    "km_bytes_free": free(),
    "km_model_encode": status(HANDLE, NEW_HANDLE),
    "km_model_decode": status(BYTES, SIZE, NEW_HANDLE),
    # Sums.
    "km_range_init": (None, [RANGE, SIZE]),
    "km_range_measure": status(ROWS, RANGE),
    "km_range_merge": status(RANGE, RANGE),
    "km_sums_alignment": (c_int64, [c_int64]),
    "km_sums_assign": status(
        HANDLE, ROWS, c_int64, c_int64, RANGE, c_int32, c_int32, ARRAY, POINTER(c_int64), NEW_HANDLE
    ),
    "km_sums_merge": status(HANDLE, HANDLE),
    "km_sums_finish": status(HANDLE, c_int64, HANDLE, NEW_HANDLE),
    "km_sums_encode": status(HANDLE, NEW_HANDLE),
    "km_sums_decode": status(BYTES, SIZE, NEW_HANDLE),
    "km_sums_free": free(),
    # Streams.
    "km_stream_options_init": init(km_stream_options),
    "km_predictions_init": init(km_predictions),
    "km_stream_create": status(POINTER(km_stream_options), NEW_HANDLE),
    "km_stream_update": status(HANDLE, ROWS, ARRAY, POINTER(km_batch_report), ARRAY),
    "km_stream_events": status(HANDLE, POINTER(km_event), SIZE, POINTER(SIZE)),
    "km_stream_predict": status(HANDLE, ROWS, POINTER(km_predictions)),
    "km_stream_get_info": status(HANDLE, POINTER(km_stream_info)),
    "km_stream_get_options": status(HANDLE, POINTER(km_stream_options)),
    "km_stream_set_column_names": status(HANDLE, NAMES, SIZE),
    "km_stream_column_names": status(HANDLE, NEW_HANDLE),
    "km_stream_centroids": status(HANDLE, ARRAY, SIZE),
    "km_stream_weights": status(HANDLE, ARRAY, SIZE),
    "km_stream_ids": status(HANDLE, ARRAY, SIZE),
    "km_stream_snapshot": status(HANDLE, NEW_HANDLE),
    "km_stream_save": status(HANDLE, c_char_p),
    "km_stream_load": status(c_char_p, NEW_HANDLE),
    "km_stream_encode": status(HANDLE, NEW_HANDLE),
    "km_stream_decode": status(BYTES, SIZE, NEW_HANDLE),
    "km_stream_free": free(),
    # Sketches.
    "km_sketch_options_init": init(km_sketch_options),
    "km_sketch_create": status(POINTER(km_sketch_options), NEW_HANDLE),
    "km_sketch_add": status(HANDLE, ROWS),
    "km_sketch_merge": status(HANDLE, HANDLE),
    "km_sketch_get_info": status(HANDLE, POINTER(km_sketch_info)),
    "km_sketch_get_options": status(HANDLE, POINTER(km_sketch_options)),
    "km_sketch_set_column_names": status(HANDLE, NAMES, SIZE),
    "km_sketch_column_names": status(HANDLE, NEW_HANDLE),
    "km_ball_options_init": init(km_ball_options),
    "km_sketch_cluster": status(HANDLE, POINTER(km_ball_options), NEW_HANDLE, POINTER(km_cost)),
    "km_sketch_save": status(HANDLE, c_char_p),
    "km_sketch_load": status(c_char_p, NEW_HANDLE),
    "km_sketch_encode": status(HANDLE, NEW_HANDLE),
    "km_sketch_decode": status(BYTES, SIZE, NEW_HANDLE),
    "km_sketch_free": free(),
    # Evaluation, Arrow and files.
    "km_evaluate": status(ROWS, ARRAY, c_int64, c_uint64, c_int32, POINTER(km_quality)),
    "km_arrow_options_init": init(km_arrow_options),
    "km_arrow_stream_read": status(STREAM, NEW_HANDLE, ROWS),
    "km_fit_arrow_stream": status(
        STREAM, FIT_OPTIONS, POINTER(km_arrow_options), NEW_HANDLE, LABELS, LABELS_SCHEMA
    ),
    "km_model_assign_arrow_stream": status(HANDLE, STREAM, c_int32, LABELS, LABELS_SCHEMA),
    "km_stream_update_arrow_stream": status(HANDLE, STREAM, POINTER(km_batch_report)),
    "km_sketch_add_arrow_stream": status(HANDLE, STREAM),
    "km_labels_to_arrow": status(ARRAY, c_int64, LABELS, LABELS_SCHEMA),
    "km_fit_file": status(c_char_p, FIT_OPTIONS, c_int64, NEW_HANDLE, ARRAY, SIZE, POINTER(c_int64)),
}
