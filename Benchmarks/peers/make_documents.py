#!/usr/bin/env python3
"""Makes counts of terms in documents that have topics: sparse rows, the same bits for the same options.

    ./compare.py --setup                                       # an environment that has numpy
    .venv/bin/python make_documents.py documents.npz           # 100,000 x 50,000, about 80 terms a document
    .venv/bin/python make_documents.py small.npz --documents 5000 --terms 3000

The law:

* The term of rank r has a share in proportion to 1 / (r + 2.7)^s (Zipf; the shift is Mandelbrot's, Word frequencies,
  1953), s = --exponent. That is the background, the same for all documents.
* Each topic has such a law of its own over --topic-terms terms, drawn at random without replacement, in random order.
* A document has one topic, drawn evenly. Each of its words comes from its topic with the share --topic-share, else from
  the background; the number of words is that of a Poisson distribution, and at least 1. Its mean is such that a document
  has --nonzeros different terms on the average: found on a sample, before anything is written.

Writes a CSR matrix as scipy.sparse.save_npz does (counts are float32, indices int32), the topic of each document beside
it as NAME.topics.npy, and the names of the terms as NAME.terms.txt.
"""
import argparse
import pathlib

import numpy as np

#: So many documents are drawn at a time.
BLOCK = 4096


def zipf(count, exponent):
    """The cumulative shares of ranks."""
    shares = (np.arange(1, count + 1) + 2.7) ** -exponent
    return np.cumsum(shares / shares.sum())


class Documents:
    """The distributions of all words."""

    def __init__(self, options):
        self.options = options
        random = np.random.default_rng([options.seed, 0])
        self.background = zipf(options.terms, options.exponent)
        self.own = zipf(options.topic_terms, options.exponent)
        self.vocabularies = np.stack([
            random.choice(options.terms, options.topic_terms, replace=False) for _ in range(options.topics)])

    def block(self, number, count, words):
        """The topics, and the documents and terms of all words of a block of documents."""
        random = np.random.default_rng([self.options.seed, 1, number])
        topics = random.integers(0, self.options.topics, count).astype("int32")
        lengths = np.maximum(1, random.poisson(words, count))
        documents = np.repeat(np.arange(count), lengths)
        is_own = random.random(len(documents)) < self.options.topic_share
        draws = random.random(len(documents))
        terms = np.searchsorted(self.background, draws, side="right")
        ranks = np.searchsorted(self.own, draws, side="right")
        own = self.vocabularies[topics[documents], np.minimum(ranks, self.options.topic_terms - 1)]
        terms = np.where(is_own, own, np.minimum(terms, self.options.terms - 1))
        return topics, documents, terms

    def counts(self, number, count, words):
        """The topics of a block, and its rows: how many terms each has, which, and how often."""
        topics, documents, terms = self.block(number, count, words)
        cells, values = np.unique(documents * self.options.terms + terms, return_counts=True)
        rows = np.bincount(cells // self.options.terms, minlength=count)
        return topics, rows, (cells % self.options.terms).astype("int32"), values.astype("float32")

    def words(self):
        """How many words make as many different terms as are asked for, on the average of a block."""
        low, high = 1.0, 2.0
        while self.counts(0, BLOCK, high)[1].mean() < self.options.nonzeros:
            high *= 2
            if high > 1e6:
                raise SystemExit(f"--nonzeros {self.options.nonzeros}: there are too few terms")
        for _ in range(12):
            middle = (low + high) / 2
            if self.counts(0, BLOCK, middle)[1].mean() < self.options.nonzeros:
                low = middle
            else:
                high = middle
        return (low + high) / 2


def save(path, rows, indices, values, shape):
    """A CSR matrix as scipy.sparse.save_npz writes it, without scipy; not compressed, so that it is read fast."""
    pointers = np.concatenate([[0], np.cumsum(rows)])
    small = pointers[-1] < 2**31
    np.savez(path, indices=indices, indptr=pointers.astype("int32" if small else "int64"), format=np.array(b"csr"),
             shape=np.array(shape, dtype="int64"), data=values)


def main(options):
    documents = Documents(options)
    words = documents.words()
    blocks = [documents.counts(begin // BLOCK + 1, min(BLOCK, options.documents - begin), words)
              for begin in range(0, options.documents, BLOCK)]
    topics, rows, indices, values = (np.concatenate(parts) for parts in zip(*blocks))
    stem = str(options.out.with_suffix(""))
    save(options.out, rows, indices, values, (options.documents, options.terms))
    np.save(f"{stem}.topics.npy", topics)
    pathlib.Path(f"{stem}.terms.txt").write_text("".join(f"term{number}\n" for number in range(options.terms)))
    print(f"{options.documents} x {options.terms}, {len(values)} nonzeros ({rows.mean():.1f} a document, {words:.1f} "
          f"words), {options.topics} topics -> {options.out}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=pathlib.Path, help="NAME.npz")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--terms", type=int, default=50_000)
    parser.add_argument("--topics", type=int, default=50)
    parser.add_argument("--nonzeros", type=float, default=80, help="different terms a document, on the average")
    parser.add_argument("--exponent", type=float, default=1.07, help="s of Zipf's law")
    parser.add_argument("--topic-terms", type=int, default=1000, help="how many terms a topic has")
    parser.add_argument("--topic-share", type=float, default=0.5, help="how many words come from the topic")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    options.topic_terms = min(options.topic_terms, options.terms)
    return options


if __name__ == "__main__":
    main(parse())
