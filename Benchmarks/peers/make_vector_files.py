#!/usr/bin/env python3
"""Writes the vectors of an npy file in every binary format that kmeans reads, for `kmeans-bench read`.

    python3 make_vector_files.py wordnet256.npy FOLDER --megabytes 400

The rows are repeated until the values take as many megabytes in the file (float32, int32 or bytes),
so that all files are about as long. Bytes are the floats scaled to 0...255 and -127...127.
The vectors come from make_wordnet_embeddings.py; needs numpy.
"""
import argparse
import os

import numpy as np


def prefixed(vectors):
    """Each vector behind its dimension: fvecs, bvecs, ivecs."""
    rows, columns = vectors.shape
    prefixes = np.full((rows, 1), columns, "<i4").view("u1")
    return np.hstack([prefixes, vectors.view("u1").reshape(rows, -1)])


def counted(path, vectors):
    """The number of vectors, their dimension, the values: fbin, u8bin, i8bin."""
    with open(path, "wb") as file:
        np.array(vectors.shape, "<u4").tofile(file)
        vectors.tofile(file)


def idx(path, code, vectors):
    """As the MNIST files: type, shape and values, all of it big-endian."""
    with open(path, "wb") as file:
        file.write(bytes([0, 0, code, vectors.ndim]))
        np.array(vectors.shape, ">u4").tofile(file)
        vectors.astype(vectors.dtype.newbyteorder(">")).tofile(file)


def repeated(vectors, megabytes):
    """Rows of which there are so many that they take that much."""
    rows = int(megabytes * 1e6) // (vectors.shape[1] * vectors.itemsize)
    return np.resize(vectors, (max(rows, 1), vectors.shape[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("vectors", help="an npy file of two dimensions")
    parser.add_argument("folder")
    parser.add_argument("--megabytes", type=float, default=400)
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)

    def path(extension):
        return os.path.join(options.folder, "vectors." + extension)

    source = np.load(options.vectors).astype("<f4")
    scale = np.abs(source).max()
    floats = repeated(source, options.megabytes)
    np.save(path("npy"), floats)
    np.save(path("fortran.npy"), np.asfortranarray(floats))
    floats.tofile(path("f32"))
    prefixed(floats).tofile(path("fvecs"))
    counted(path("fbin"), floats)
    idx(path("f4.idx"), 0x0D, floats)
    np.savez(path("npz"), floats)
    np.savez_compressed(path("deflated.npz"), floats)
    del floats

    integers = repeated(np.round(source / scale * 1e6).astype("<i4"), options.megabytes)
    prefixed(integers).tofile(path("ivecs"))
    del integers

    unsigned = repeated(np.round((source / scale + 1) * 127.5).astype("u1"), options.megabytes)
    prefixed(unsigned).tofile(path("bvecs"))
    counted(path("u8bin"), unsigned)
    idx(path("idx"), 0x08, unsigned)
    del unsigned

    signed = repeated(np.round(source / scale * 127).astype("i1"), options.megabytes)
    counted(path("i8bin"), signed)
    for name in sorted(os.listdir(options.folder)):
        print(f"{os.path.getsize(os.path.join(options.folder, name)):>12,}  {name}")


if __name__ == "__main__":
    main()
