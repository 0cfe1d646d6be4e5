"""Small stand-ins for the files that pages name: a page finds under each name what it says is there.

All of it is a function of the name: the same bytes in every run.
"""
import gzip
import math
import pathlib
import random
import struct

ROWS = 600


def points(seed, rows=ROWS, columns=3, clusters=12):
    """Round blobs."""
    draw = random.Random(seed)
    centers = [[draw.uniform(-20, 20) for _ in range(columns)] for _ in range(clusters)]
    return [[draw.gauss(c, 1) for c in centers[i % clusters]] for i in range(rows)]


def npy(rows):
    shape = f"({len(rows)}, {len(rows[0])})"
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (63 - (len(header) + 10) % 64) + "\n"
    head = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
    return head + b"".join(struct.pack(f"<{len(row)}f", *row) for row in rows)


def fvecs(rows):
    return b"".join(struct.pack(f"<i{len(row)}f", len(row), *row) for row in rows)


def csv(names, rows):
    lines = [",".join(names)] + [",".join(field(value) for value in row) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def field(value):
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def timed(seed, step=60):
    """Points, each a minute after the one before."""
    return csv(["time", "x", "y", "z"], [
        [1_700_000_000 + i * step, *row] for i, row in enumerate(points(seed))])


def day(seed):
    return csv(["id", "x", "y", "z"], [[f"row{i}", *r] for i, r in enumerate(points(seed))])


def kinds(seed):
    return csv(["x", "y", "z", "kind"], [
        [*row, "abcdefghijkl"[i % 12]] for i, row in enumerate(points(seed))])


def readings(seed):
    return csv(["sensor", "x", "y"], [
        [f"pump {i % 4}", *row] for i, row in enumerate(points(seed, columns=2, clusters=4))])


def table(seed):
    draw = random.Random(seed)
    return csv(["age", "weight", "income", "temp_in", "temp_out", "birth_date"], [
        [draw.randrange(18, 90), draw.gauss(70, 9), draw.lognormvariate(8, 1), draw.gauss(20, 2),
         draw.gauss(10, 8), 19_000_000 + draw.randrange(1_000_000)] for _ in range(ROWS)])


def gaps(seed):
    rows = points(seed, rows=200, clusters=4)
    return csv(["x", "y", "z"], [
        [("" if i % 20 == 7 and j == 1 else v) for j, v in enumerate(r)] for i, r in enumerate(rows)])


def counts(seed):
    draw = random.Random(seed)
    return csv(["a", "b", "c"], [
        [int(draw.expovariate(1 / (5 + 10 * ((i + j) % 3)))) for j in range(3)] for i in range(ROWS)])


def spark(seed, labels=False, columns=2):
    rows = [[math.fmod(v, 3) for v in row] for row in points(seed, columns=columns, clusters=3)]
    vectors = ["[" + ",".join(f"{v:.3f}" for v in row) + "]" for row in rows]
    if labels:
        vectors = [f"({i % 3}.0,{vector})" for i, vector in enumerate(vectors)]
    return ("\n".join(vectors) + "\n").encode()


# What posts are about, a topic a line, and the words of all of them, the usual ones first.
TOPICS = [line.split() for line in """
orbit rocket moon launch satellite planet lander astronaut telescope crater probe mission
oven flour butter sugar dough recipe bake salt yeast whisk pan cream
goal match league striker keeper penalty referee season coach pitch fans corner
soil seed tomato compost roots bloom prune garden rain weeds shade herbs
chord guitar tempo melody drums verse concert album bass singer stage tune
court judge appeal statute jury witness verdict lawyer clause evidence trial ruling
""".strip().split("\n")]
USUAL = "the of and to in is that it for was with on as this be at from have not are".split()


def posts(seed, rows=ROWS):
    """Counts of words, a post a line: of one topic each, usual words by Zipf's law; a few have none."""
    draw = random.Random(seed)
    lines = []
    for row in range(rows):
        topic = row % len(TOPICS)
        counts = {}
        for _ in range(0 if row % 200 == 77 else draw.randrange(8, 40)):
            if draw.random() < 0.6:
                first, words = len(USUAL) + 12 * topic, 12
            else:
                first, words = 0, len(USUAL)
            ranks = range(words)
            word = first + draw.choices(ranks, [1 / (rank + 1) for rank in ranks])[0]
            counts[word] = counts.get(word, 0) + 1
        lines.append(" ".join([str(topic), *(f"{word + 1}:{counts[word]}" for word in sorted(counts))]))
    return ("\n".join(lines) + "\n").encode()


def terms():
    return ("\n".join(USUAL + [word for topic in TOPICS for word in topic]) + "\n").encode()


# The file under each name; None: some files in a folder of this name.
FILES = {
    "points.npy": lambda: npy(points(1)),
    "texts.npy": lambda: npy(points(2, columns=16)),
    "huge.npy": lambda: npy(points(1)),
    "embeddings.fvecs": lambda: fvecs(points(3, columns=16)),
    "points.csv": lambda: timed(1),
    "points.csv.gz": lambda: gzip.compress(timed(1), mtime=0),
    "sensors.csv": lambda: timed(4),
    "table.csv": lambda: table(5),
    "gaps.csv": lambda: gaps(6),
    "counts.csv": lambda: counts(7),
    "readings.csv": lambda: readings(8),
    "monday.csv": lambda: day(9),
    "tuesday.csv": lambda: day(10),
    "new.csv.gz": lambda: gzip.compress(kinds(1), mtime=0),
    "huge.csv": lambda: day(11),
    "huge.csv.gz": lambda: gzip.compress(day(11), mtime=0),
    "vectors.csv": lambda: csv(["x", "y", "z"], points(12)),
    "data.csv": lambda: csv(["x", "y", "z"], points(21)),
    "train.csv": lambda: csv(["x", "y", "z"], points(13)),
    "test.csv": lambda: csv(["x", "y", "z"], points(14, rows=200)),
    "train.txt": lambda: spark(15),
    "posts.libsvm": lambda: posts(22),
    "later.libsvm": lambda: posts(23, rows=60),
    "terms.txt": terms,
    "clusters/centroids.npy": lambda: npy(points(13, rows=12)),
    "others/centroids.npy": lambda: npy(points(14, rows=12)),
    "parts/part-0.csv": lambda: day(16),
    "parts/part-1.csv": lambda: day(17),
    "in/first.csv": lambda: timed(18),
    "training/first.txt": lambda: spark(19),
    "test/first.txt": lambda: spark(20, labels=True),
}


def write(folder, text):
    """Writes the files that a text names."""
    for name, content in FILES.items():
        parent = str(pathlib.PurePath(name).parent)
        wanted = name if parent == "." else parent
        if wanted in text:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content())
