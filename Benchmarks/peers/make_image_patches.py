#!/usr/bin/env python3
"""Makes a set of image patches: all 8 x 8 squares, every second row and column, of the two photographs that
scikit-learn ships (132,720 x 192 float32, 0 to 255).

    ./compare.py --setup                                     # an environment that has scikit-learn and Pillow
    .venv/bin/python make_image_patches.py patches.npy
"""
import sys

import numpy as np
from sklearn.datasets import load_sample_images

SIDE, STRIDE = 8, 2


def patches(image):
    """A row for each square: its pixels row by row, red, green and blue of each."""
    height, width, _ = image.shape
    return [image[top:top + SIDE, left:left + SIDE].reshape(-1)
            for top in range(0, height - SIDE, STRIDE) for left in range(0, width - SIDE, STRIDE)]


def main(path="patches.npy"):
    images = load_sample_images().images
    points = np.concatenate([patches(image) for image in images]).astype("float32")
    np.save(path, points)
    print(f"{points.shape[0]} x {points.shape[1]} float32 -> {path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
