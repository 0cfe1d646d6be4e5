"""What compare_sparse.py found, as a Markdown table, and with --out as JSON, too."""
import json
import pathlib
import statistics
import subprocess

from compare_report import machine
from sparse_rows.libraries import LIBRARIES, Library

OURS = Library("swift-kmeans", "", "float32", None)
LEGEND = """\
Seconds: rows in memory to final labels, medians; least and largest behind. Peers fit twice in a process, the first time
for two iterations, and the second fit counts; ours is `kmeans fit`, cold. Inertia: by the same code for all, in float64,
from the centroids and labels that were returned{cosine}. "Not nearest": of a sample of {sample} rows, those whose
label is not that of the nearest centroid (relative 1e-12, float64). NMI: of the labels and the topics, by the
arithmetic mean. Memory: the largest resident set of the process; of the peers with Python."""


def describe(name):
    return OURS if name == "ours" else LIBRARIES[name]


def medians(runs, reference):
    """The medians of some runs, and of their ratios to the reference, run by run."""
    seconds = [run["seconds"] for run in runs]
    row = {"seconds": statistics.median(seconds), "least": min(seconds), "largest": max(seconds),
           "iterations": runs[-1]["iterations"], "wrong": runs[-1]["wrong"], "nmi": runs[-1]["nmi"],
           "inertia": statistics.median(run["inertia"] for run in runs),
           "memory": statistics.median(run["memory"] for run in runs)}
    row["time_ratio"] = statistics.median(a["seconds"] / b["seconds"] for a, b in zip(runs, reference))
    row["inertia_ratio"] = statistics.median(a["inertia"] / b["inertia"] for a, b in zip(runs, reference))
    return row


def title(options, duel):
    rows, columns = duel.rows.shape
    return (f"{pathlib.Path(options.data).name}: {rows:,} x {columns:,}, {duel.rows.nnz / rows:.1f} nonzeros a row, "
            f"k = {options.k}{', cosine' if options.cosine else ''}, {options.iterations} iterations at most")


def memory_line(options, duel, row):
    """Whether ours keeps to 1.3 of the CSR, three times k d floats, and 50 MB."""
    csr = duel.rows.data.nbytes + duel.rows.indices.nbytes + duel.rows.indptr.nbytes
    allowed = 1.3 * csr + 3 * options.k * duel.rows.shape[1] * 4 + 50e6
    said = "within" if row["memory"] <= allowed else "ABOVE"
    return (f"Memory of ours: {row['memory'] / 1e6:,.0f} MB, {said} 1.3 x CSR ({csr / 1e6:,.0f} MB) + 3 k d floats + 50 MB "
            f"= {allowed / 1e6:,.0f} MB.")


def version(name, options, runs):
    if name != "ours":
        return f"{describe(name).title} {runs[-1]['version']}, {describe(name).precision}"
    told = subprocess.run([options.tool, "--version"], capture_output=True, text=True).stdout.partition("\n")[0]
    return f"swift-kmeans: {told}, {runs[-1]['isa']}, strategy {runs[-1]['strategy']}"


def markdown(options, duel, rows, found, failed, load):
    than = "ours" if "ours" in rows else "-"
    lines = [f"**{title(options, duel)}**", "", f"{machine(options, load)}; {options.runs} runs in turns", "",
             f"| library | iterations | seconds | time / {than} | inertia / {than} | not nearest | NMI | memory |",
             "|---|---|---|---|---|---|---|---|"]
    for name, row in rows.items():
        shown = f"**{OURS.title}**" if name == "ours" else describe(name).title
        nmi = "" if row["nmi"] is None else f"{row['nmi']:.3f}"
        lines.append(
            f"| {shown} | {row['iterations']} | {row['seconds']:.4g} ({row['least']:.4g}-{row['largest']:.4g}) | "
            f"{row['time_ratio']:.2f} | {row['inertia_ratio']:.8f} | {row['wrong']} | {nmi} | "
            f"{row['memory'] / 1e6:,.0f} MB |")
    for name, reason in failed.items():
        lines.append(f"| {describe(name).title} | missing: {reason.replace('|', '/')} | | | | | | |")
    cosine = ", divided by their length: 2 (1 - cosine)" if options.cosine else ""
    legend = LEGEND.format(cosine=cosine, sample=duel.sample)
    lines += ["", legend, ""]
    if "ours" in rows:
        lines += [memory_line(options, duel, rows["ours"]), ""]
        peers = {name: row for name, row in rows.items() if name != "ours"}
        if peers:
            fastest = min(peers, key=lambda name: peers[name]["seconds"])
            lines += [f"Ours is {peers[fastest]['time_ratio']:.2f} times as fast as {describe(fastest).title}, the fastest "
                      "of them.", ""]
    return "\n".join([*lines, *(f"* {version(name, options, runs)}" for name, runs in found.items())])


def write(options, duel, found, failed, load):
    reference = found.get("ours") or next(iter(found.values()), [])
    rows = {name: medians(runs, reference) for name, runs in found.items()}
    text = markdown(options, duel, rows, found, failed, load)
    print(text)
    if options.out is None:
        return
    options.out.mkdir(parents=True, exist_ok=True)
    stem = f"sparse-{pathlib.Path(options.data).stem}-k{options.k}{'-cosine' if options.cosine else ''}"
    (options.out / f"{stem}.md").write_text(text + "\n")
    runs = {"title": title(options, duel), "runs": found, "failed": failed, "medians": rows}
    (options.out / f"{stem}.json").write_text(json.dumps(runs, indent=1) + "\n")
