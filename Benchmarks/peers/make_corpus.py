#!/usr/bin/env python3
"""Makes counts of words from a real corpus: the glosses of WordNet 3.0, a document a synset (117,659).

    apt-get install -y wordnet-base
    ./compare.py --setup                                       # an environment that has numpy
    .venv/bin/python make_corpus.py wordnet.npz

Origin: the Debian package wordnet-base (WordNet 3.0, Princeton University; its files data.noun, data.verb, data.adj and
data.adv). The text of a document: the words of the synset, its gloss with its examples, and the words of the synsets
that it points to. Its topic: the file of the lexicographers that it is from, of which there are 45, such as
noun.animal, verb.motion, adj.all.

The tokeniser: the text in lower case; a word is a run of letters a to z of at least two; an s at the end of four
letters and more is cut off, unless another s, u or i stands before it. Left out are the words of the list below, which
say nothing of what a text is about, and words that are in fewer than --fewest documents.

Writes a CSR matrix as scipy.sparse.save_npz does (counts are float32, indices int32), the vocabulary as NAME.terms.txt,
a term a line in the order of the columns, the topic of each document as NAME.topics.npy, and the names of the topics as
NAME.topics.txt. The same bits in every run.
"""
import argparse
import collections
import os
import pathlib
import re

import numpy as np

from make_documents import save

#: The files of the lexicographers by their numbers (lexnames(5WN)).
FILES = """adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body
noun.cognition noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object
noun.person noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state
noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition verb.consumption
verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social verb.stative
verb.weather adj.ppl""".split()
STOP = set("""an and any are as at be been being but by can do does especially etc for from had has have he her his
if in into is it its like made make may more most not of off on one or other out over she so some such than that the
their them there these they this those through to two up used usually very was were when where which while who whose
will with without you your""".split())
PARTS = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}


def synsets(folder):
    """(key, words, keys of those that it points to, gloss, number of its file) of each synset."""
    for part in ("noun", "verb", "adj", "adv"):
        with open(os.path.join(folder, f"data.{part}"), encoding="latin1") as lines:
            for line in lines:
                if line.startswith("  ") or "|" not in line:
                    continue
                head, gloss = line.split("|", 1)
                fields = head.split()
                count = int(fields[3], 16)
                words = " ".join(fields[4 + 2 * i].replace("_", " ") for i in range(count))
                begin = 5 + 2 * count
                pointers = [(PARTS[fields[i + 2]], fields[i + 1])
                            for i in range(begin, begin + 4 * int(fields[begin - 1]), 4)]
                yield (part, fields[0]), words, pointers, gloss, int(fields[1])


def tokens(text):
    for word in re.findall("[a-z]{2,}", text.lower()):
        if len(word) >= 4 and word[-1] == "s" and word[-2] not in "sui":
            word = word[:-1]
        if word not in STOP:
            yield word


def main(options):
    entries = list(synsets(options.folder))
    words_of = {key: words for key, words, *_ in entries}
    documents = [collections.Counter(tokens(" ".join([words, gloss, *(words_of[p] for p in pointers)])))
                 for _, words, pointers, gloss, _ in entries]
    frequencies = collections.Counter(word for counts in documents for word in counts)
    terms = sorted(word for word, count in frequencies.items() if count >= options.fewest)
    numbers = {term: number for number, term in enumerate(terms)}
    rows, indices, values, topics = [], [], [], []
    for counts, (*_, file) in zip(documents, entries):
        cells = sorted((numbers[word], count) for word, count in counts.items() if word in numbers)
        # A document without any term has no direction.
        if not cells:
            continue
        rows.append(len(cells))
        indices += [cell[0] for cell in cells]
        values += [cell[1] for cell in cells]
        topics.append(file)
    save(options.out, rows, np.array(indices, "int32"), np.array(values, "float32"), (len(rows), len(terms)))
    stem = str(options.out.with_suffix(""))
    pathlib.Path(f"{stem}.terms.txt").write_text("".join(f"{term}\n" for term in terms))
    pathlib.Path(f"{stem}.topics.txt").write_text("".join(f"{name}\n" for name in FILES))
    np.save(f"{stem}.topics.npy", np.array(topics, "int32"))
    print(f"{len(rows)} x {len(terms)}, {len(values)} nonzeros ({np.mean(rows):.1f} a document), "
          f"{len(set(topics))} topics, {len(entries) - len(rows)} documents without a term left out -> {options.out}")


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=pathlib.Path, help="NAME.npz")
    parser.add_argument("--fewest", type=int, default=2, help="documents that a term is in")
    parser.add_argument("--folder", default=os.environ.get("WORDNET", os.path.join(os.sep, "usr", "share", "wordnet")))
    return parser.parse_args()


if __name__ == "__main__":
    main(parse())
