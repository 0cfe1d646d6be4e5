"""What compare.py found, as a Markdown table and with --out as a bar chart and as JSON."""
import json
import os
import pathlib
import platform
import statistics
import subprocess

import compare_chart
from compare_libraries import LIBRARIES, Library

OURS = Library("swift-kmeans", "", "exact", True, None, None)
LEGEND = """\
Labels: *exact*, the argmin by direct differences in Double; *float*, every pair is looked at, by a product in
float; *inexact*, pairs are left out by chance, or points are rounded to a few bits (SQ8, LVQ4, RaBitQ). *Own
start*: the library takes no initial centroids and draws its own rows. "Not nearest" counts final labels of the
last run whose centroid is farther than another one (relative 1e-12, float64). Inertia: float64, the same code
for all, from the centroids that were returned. Times: medians of fits with final labels, rows in memory; least
and largest behind. Every process fits twice, the first time for two iterations, and the second fit counts."""


def describe(name):
    return OURS if name == "ours" else LIBRARIES[name]


def machine(options, load):
    """What a reader needs to know of where this was run."""
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo")
                  if line.startswith("model name")), platform.processor())
    core = os.environ.get("OPENBLAS_CORETYPE")
    cores = len(os.sched_getaffinity(0))
    busy = " (busy: the times are worth little)" if load > 0.25 * cores else ""
    return (f"{model}, {cores} cores, {options.threads} threads, "
            f"{platform.platform()}, Python {platform.python_version()}, load {load:.2f}{busy}, "
            f"OPENBLAS_CORETYPE {core if core else 'not set'}")


def version(name, options, runs):
    if name != "ours":
        return f"{describe(name).title} {runs[-1]['version']}, {runs[-1]['blas'] or 'no OpenBLAS'}"
    told = subprocess.run([options.tool, "--version"], capture_output=True, text=True).stdout.partition("\n")[0]
    return f"swift-kmeans: {told}"


def medians(runs, reference):
    """The medians of some runs, and the medians of their ratios to the reference, run by run."""
    seconds = [run["seconds"] for run in runs]
    return {
        "seconds": statistics.median(seconds), "least": min(seconds), "largest": max(seconds),
        "inertia": statistics.median(run["inertia"] for run in runs),
        "time_ratio": statistics.median(a["seconds"] / b["seconds"] for a, b in zip(runs, reference)),
        "inertia_ratio": statistics.median(a["inertia"] / b["inertia"] for a, b in zip(runs, reference)),
    }


def summary(found, reference):
    """For each library what its runs were at the median."""
    return {name: medians(runs, reference) | {
        "iterations": statistics.median(run["iterations"] for run in runs), "wrong": runs[-1]["wrong"]}
        for name, runs in found.items()}


def start_of(name, options):
    if options.seeding:
        return f"--init {options.seeding}" if name == "ours" else "own k-means++ (greedy)"
    return "given" if describe(name).takes_start else "own start"


def title(options, shape):
    data = pathlib.Path(options.data).name
    start = "from scratch, a seed a run" if options.seeding else "from the same centroids"
    sample = " (a sample)" if options.rows and options.rows == shape[0] else ""
    return (f"{data}: {shape[0]:,} x {shape[1]} float{sample}, k = {options.k}, "
            f"{options.iterations} iterations, {start}")


def markdown(options, shape, rows, reference, found, failed, load):
    than = "ours" if reference == "ours" else describe(reference).title if reference else "-"
    lines = [f"**{title(options, shape)}**", "", f"{machine(options, load)}; {options.runs} runs in turns", "",
             f"| library | labels | start | seconds | time / {than} | iterations | final inertia "
             f"| inertia / {than} | not nearest |", "|---|---|---|---|---|---|---|---|---|"]
    for name, row in sorted(rows.items(), key=lambda item: item[1]["seconds"]):
        library = describe(name)
        shown = f"**{library.title}**" if name == "ours" else library.title
        lines.append(
            f"| {shown} | {library.labels} | {start_of(name, options)} | {row['seconds']:.3f} "
            f"({row['least']:.3f}-{row['largest']:.3f}) | {row['time_ratio']:.2f} | {row['iterations']:g} "
            f"| {row['inertia']:.8g} | {row['inertia_ratio']:.6f} | {row['wrong']} |")
    for name, reason in failed.items():
        lines.append(f"| {describe(name).title} | missing: {reason.replace('|', '/')} | | | | | | | |")
    versions = [f"* {version(name, options, runs)}" for name, runs in found.items()]
    return "\n".join([*lines, "", LEGEND, "", *versions, "", *verdict(rows)])


def verdict(rows):
    """The peers that matter most, and how ours does against each; of what was not measured, nothing."""
    peers = sorted((name for name in rows if name != "ours"), key=lambda name: rows[name]["seconds"])
    inexact = [name for name in peers if describe(name).labels == "inexact"]
    # Labels by a product in float look at every pair: their errors are of rounding, so they count as exact.
    exact = [name for name in peers if name not in inexact]
    lines = []
    for what, names in [("Fastest exact peer (labels exact or float)", exact[:1]),
                        ("Inexact peer", [name for name in inexact if name == "superkmeans"]),
                        ("Fastest inexact peer", inexact[:1])]:
        for name in names:
            row = rows[name]
            ours = (f", inertia {row['inertia_ratio']:.6f} times ours; ours is {row['time_ratio']:.2f} times as fast"
                    if "ours" in rows else "")
            lines.append(f"* {what}: {describe(name).title}, {row['seconds']:.3f} s{ours}.")
    return lines


def write(options, shape, found, failed, load):
    # Ours is measured first; where it is missing the first of the others stands in for it.
    reference = next(iter(found), None)
    rows = summary(found, found.get(reference))
    text = markdown(options, shape, rows, reference, found, failed, load)
    if options.out:
        write_files(options, shape, rows, reference, found, failed, load, text)
    print(text)


def write_files(options, shape, rows, reference, found, failed, load, text):
    options.out.mkdir(parents=True, exist_ok=True)
    stem = f"{pathlib.Path(options.data).stem}-k{options.k}" + (f"-{options.seeding}" if options.seeding else "")
    bars = []
    for name, row in sorted(rows.items(), key=lambda item: item[1]["seconds"]):
        note, library = start_of(name, options), describe(name)
        bars.append(compare_chart.Bar(
            label=library.title, note="" if note == "given" else note, is_ours=name == "ours",
            is_inexact=library.labels == "inexact", is_reference=name == reference,
            than="ours" if reference == "ours" else describe(reference).title, seconds=row["seconds"],
            least=row["least"], largest=row["largest"], time_ratio=row["time_ratio"],
            inertia_ratio=row["inertia_ratio"]))
    missing = [f"missing: {describe(name).title}: {reason}" for name, reason in failed.items()]
    heading, where = title(options, shape), machine(options, load)
    (options.out / f"{stem}.md").write_text(text + f"\n\n![Seconds a fit]({stem}.svg)\n")
    (options.out / f"{stem}.svg").write_text(compare_chart.draw(
        heading, "seconds a fit, final labels included", where, bars, missing))
    (options.out / f"{stem}.json").write_text(json.dumps(
        {"title": heading, "machine": where, "summary": rows, "runs": found, "missing": failed}, indent=1))
