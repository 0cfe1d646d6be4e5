#!/usr/bin/env python3
"""Makes a set of colours: the pixels of the two photographs that scikit-learn ships (546,560 x 3 float32, 0 to 255).

    ./compare.py --setup                                     # an environment that has scikit-learn and Pillow
    .venv/bin/python make_rgb_pixels.py rgb.npy
"""
import sys

import numpy as np
from sklearn.datasets import load_sample_images


def main(path="rgb.npy"):
    images = load_sample_images().images
    pixels = np.concatenate([image.reshape(-1, 3) for image in images]).astype("float32")
    np.save(path, pixels)
    print(f"{pixels.shape[0]} x {pixels.shape[1]} float32 -> {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
