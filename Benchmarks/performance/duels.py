"""The tables in which others take part; the scripts of Benchmarks/peers make the runs."""
import statistics

from performance.run import ratios, spread


def assign(run):
    """One assignment to given centroids, labels only."""
    def row(name, k):
        k = run.clusters(k)
        found, missing = run.duel("compare_assign.py", name, k, f"{name}-k{k}-assign")
        ours = found["ours"]
        return [run.data.title(name), k, spread([1e3 * one["seconds"] for one in ours]),
                spread([one["pointsPerSecond"] / 1e6 for one in ours]),
                spread([one["shareOfLimit"] for one in ours]),
                ratios(found, "faiss"), ratios(found, "scikit-learn")], missing

    heads = ["data", "k", "ms", "million points/s", "of the limit", "FAISS", "scikit-learn"]
    sets = [("wordnet256", 512), ("noise384", 1024), ("kdd38z", 100), ("rgb", 64)]
    return heads, *run.rows(sets, row)


def fit(run):
    """Ten iterations from given centroids, all from the same; the last row from scratch."""
    def row(name, k, seeding=None):
        k = run.clusters(k)
        peers = ["scikit-learn", "faiss", "superkmeans"]
        asked = ["--iterations", "10", "--tool", run.program["kmeans"], "--libraries"]
        if seeding:
            asked += ["ours,scikit-learn", "--seeding", seeding]
        else:
            asked += [",".join(["ours", *peers])]
        stem, title = f"{name}-k{k}", run.data.title(name)
        if seeding:
            stem, title = f"{stem}-{seeding}", f"{title}, from scratch"
        found, missing = run.duel("compare.py", name, k, stem, *asked)
        return [title, k, spread([one["seconds"] for one in found["ours"]]),
                *(ratios(found, peer) for peer in peers)], missing

    heads = ["data", "k", "seconds", "scikit-learn", "FAISS", "SuperKMeans (inexact)"]
    sets = [("wordnet256", 512), ("patches", 1000), ("kdd38z", 100), ("rgb", 64),
            ("kdd38z", 100, "greedy")]
    return heads, *run.rows(sets, row)


def everyday(run):
    """Fits of few columns and clusters, until no label changes."""
    def row(name, k):
        k = run.clusters(k)
        peers = ["scikit-learn", "scikit-learn-elkan", "geokmeans-hamerly", "geokmeans-exponion"]
        found, missing = run.duel(
            "compare.py", name, k, f"{name}-k{k}", "--iterations", "3000", "--tool",
            run.program["kmeans"], "--libraries", ",".join(["ours", *peers]))

        def iterations(library):
            return f"{statistics.median(one['iterations'] for one in found[library]):g}"

        def peer(library):
            if library not in found:
                return "-"
            return f"{ratios(found, library)}; {iterations(library)}"
        return [run.data.title(name), k, iterations("ours"),
                spread([1e3 * one["seconds"] for one in found["ours"]]), *map(peer, peers)], missing

    heads = ["data", "k", "iterations", "ms", "scikit-learn: time; iterations", "its Elkan",
             "geokmeans, Hamerly (own start)", "geokmeans, exponion (own start)"]
    sets = [("blobs-10k-10", 8), ("blobs-100k-10", 8), ("blobs-100k-50", 20), ("blobs-1m-2", 8),
            ("rgb", 16)]
    return heads, *run.rows(sets, row)


def stream(run):
    """Batches learnt from given centroids, beside bare assignments of the same points."""
    def row(name, k, size):
        k = run.clusters(k)
        size = min(size, run.data.shape(name)[0] // 3)
        found, missing = run.duel(
            "compare_streaming.py", name, k, f"{name}-k{k}-stream", "--batch-size", str(size),
            "--libraries", "ours,scikit-learn,river", "--river-points", "50")
        bench = ["kmeans-bench", "stream", "--data", run.data.path(name), "-k", k,
                 "--batch-size", size, "--repetitions", 1]
        shares = [run.program_json(*bench)["shareOfAssign"] for _ in range(run.rounds)]
        seconds = [one["updateSeconds"] for one in found["ours"]]
        return [run.data.title(name), k, spread([1e3 * one for one in seconds]),
                spread([size / one / 1e6 for one in seconds]), spread(shares),
                ratios(found, "scikit-learn"), ratios(found, "river")], missing

    heads = ["data", "k", "ms a batch", "million points/s", "of the assignment", "scikit-learn",
             "river"]
    sets = [("wordnet256", 512, 10_000), ("kdd38z", 100, 10_000)]
    return heads, *run.rows(sets, row)


def onepass(run):
    """The sketch and ball k-means, on one thread, which is what BICO has."""
    def row(name, k):
        found, missing = run.duel(
            "compare_onepass.py", name, k, f"{name}-k{k}-onepass-t1", "--reference-runs", "1",
            "--libraries", "ours,bico,minibatch,kmeans", "--tool", run.program["kmeans"], threads=1)
        ours = found["ours"]
        bounds = statistics.median(one["costUpper"] / one["trueCost"] for one in ours)

        def peer(library):
            if library not in found:
                return "-"
            return f"{ratios(found, library)}; {ratios(found, library, 'inertia')}"
        return [run.data.title(name), k, spread([one["seconds"] for one in ours]),
                spread([one["pointsPerSecond"] / 1e6 for one in ours]), f"{bounds:.3f}",
                peer("bico"), peer("minibatch"), peer("kmeans")], missing

    heads = ["data", "k", "seconds", "million points/s", "bound / cost", "BICO: time; cost",
             "MiniBatchKMeans", "KMeans"]
    return heads, *run.rows([("wordnet256", 20), ("kdd38z", 20), ("rgb", 20)], row)
