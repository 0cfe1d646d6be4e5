"""The data sets of docs/Performance.md: what they are, and where they are or how they are made."""
import subprocess
import sys

from duel import FOLDER, last_line


def blobs(rows, columns, clusters):
    """What the page says of blobs, and what makes them."""
    return (f"{clusters} blobs", "make_blobs.py", "--rows", rows, "--columns", columns,
            "--clusters", clusters)


#: The name of the file, what the page says of it, and the script that makes it, with its arguments.
SETS = {
    "wordnet256": ("WordNet embeddings", "make_wordnet_embeddings.py"),
    "kdd38z": ("KDD'99, z-scored", "make_kdd_zscored.py"),
    "patches": ("image patches", "make_image_patches.py"),
    "rgb": ("pixels", "make_rgb_pixels.py"),
    "noise384": ("normal noise", "make_gaussian_noise.py"),
    "blobs-10k-10": blobs(10_000, 10, 8),
    "blobs-100k-10": blobs(100_000, 10, 8),
    "blobs-100k-50": blobs(100_000, 50, 20),
    "blobs-1m-2": blobs(1_000_000, 2, 8),
}
QUICK_ROWS = 3000


class Data:
    """The data sets as npy files of float32, made where they are missing."""

    def __init__(self, folder, scratch, quick):
        self.folder, self.scratch, self.quick = folder, scratch, quick
        self.found, self.missing = {}, {}

    def path(self, name):
        """The file of a data set; None where it cannot be had, and `missing` says why."""
        if name not in self.found and name not in self.missing:
            path = self.folder / f"{name}.npy"
            if not path.exists():
                self.make(name, path)
            if name not in self.missing:
                self.found[name] = self.cut(path) if self.quick else path.resolve()
        return self.found.get(name)

    def make(self, name, path):
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"unfinished-{path.name}")
        print(f"making {path}", file=sys.stderr)
        _, script, *arguments = SETS[name]
        done = subprocess.run([sys.executable, FOLDER / script, unfinished, *map(str, arguments)],
                              capture_output=True, text=True)
        if done.returncode:
            self.missing[name] = f"{script}: {last_line(done.stderr)}"
        else:
            unfinished.rename(path)

    def cut(self, path):
        """A file of a few of the rows."""
        import numpy as np
        rows = np.load(path, mmap_mode="r")
        cut = self.scratch / path.name
        np.save(cut, rows[::max(1, len(rows) // QUICK_ROWS)][:QUICK_ROWS])
        return cut

    def shape(self, name):
        import numpy as np
        return np.load(self.path(name), mmap_mode="r").shape

    def title(self, name):
        rows, columns = self.shape(name)
        return f"{SETS[name][0]}, {rows:,} x {columns}"
