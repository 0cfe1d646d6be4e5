"""What compare_streaming.py found, as a Markdown table and with --out as a bar chart and as JSON."""
import json
import pathlib
import subprocess

import compare_chart
from compare_report import machine, medians
from streaming.libraries import LIBRARIES, Library

OURS = Library("swift-kmeans", "StreamingKMeans.update", "", "-", None)
LEGEND = """\
Seconds: one update, points in memory, no labels handed out: the median over the batches of a run, then over
the runs; least and largest run behind. All are warm: ours by one pass over the batches, the others by {warm}
updates before. Spark's points are cached and counted in the JVM before. *Extrapolated*: timed on the first
{points} points of the first batch and multiplied. Inertia: float64, the same code for all: the last batch to
its nearest final centroids; what is extrapolated has learnt no more than those points."""


def describe(name):
    return OURS if name == "ours" else LIBRARIES[name]


def title(options, duel):
    rows, columns = duel.points.shape
    return (f"{pathlib.Path(options.data).name}: {duel.batches} batches of {min(options.batch_size, rows):,} x {columns}, "
            f"k = {options.k}, half-life {options.half_life:g} batches, from the same centroids")


def version(name, options, runs):
    if name != "ours":
        library = LIBRARIES[name]
        return f"{library.title}: `{library.entry}`, {library.package} {runs[-1]['version']}, {runs[-1]['notes']}"
    run, tool = runs[-1], pathlib.Path(options.bench).with_name("kmeans")
    told = f"{run['isa']} kernels, {run['openblas'].split(' NO')[0]} with {run['openblasCore']} kernels"
    if tool.exists():
        told = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout.strip()
    return f"{OURS.title}: `{OURS.entry}`, {told}, {run['precision']}"


def markdown(options, duel, rows, reference, found, failed, load):
    than = "ours" if reference == "ours" else describe(reference).title if reference else "-"
    lines = [f"**{title(options, duel)}**", "", f"{machine(options, load)}; {options.runs} runs in turns", "",
             f"| library | seconds an update | points a second | time / {than} | final inertia | inertia / {than} "
             "| what it does otherwise |", "|---|---|---|---|---|---|---|"]
    for name, row in rows.items():
        shown = f"**{OURS.title}**" if name == "ours" else describe(name).title
        run = found[name][-1]
        mark = " *extrapolated*" if run["extrapolated"] else ""
        after = f" (after {run['points']} points)" if run["extrapolated"] else ""
        lines.append(
            f"| {shown} | {row['seconds']:.4g} ({row['least']:.4g}-{row['largest']:.4g}){mark} "
            f"| {len(duel.last) / row['seconds']:,.0f} | {row['time_ratio']:.2f} | {row['inertia']:.8g}{after} "
            f"| {row['inertia_ratio']:.6f} | {describe(name).differs} |")
    for name, reason in failed.items():
        lines.append(f"| {describe(name).title} | missing: {reason.replace('|', '/')} | | | | | |")
    versions = [f"* {version(name, options, runs)}" for name, runs in found.items()]
    legend = LEGEND.format(warm=options.warm, points=min(options.river_points, len(duel.last)))
    return "\n".join([*lines, "", legend, "", *versions])


def write(options, duel, found, failed, load):
    # Ours is measured first; where it is missing the first of the others stands in for it.
    reference = next(iter(found), None)
    rows = {name: medians(runs, found[reference]) for name, runs in found.items()}
    rows = dict(sorted(rows.items(), key=lambda item: item[1]["seconds"]))
    text = markdown(options, duel, rows, reference, found, failed, load)
    if options.out:
        write_files(options, duel, rows, reference, found, failed, load, text)
    print(text)


def write_files(options, duel, rows, reference, found, failed, load, text):
    options.out.mkdir(parents=True, exist_ok=True)
    stem = f"{pathlib.Path(options.data).stem}-k{options.k}-stream"
    bars, remarks = [], []
    for name, row in rows.items():
        library = describe(name)
        if found[name][-1]["extrapolated"]:
            # A bar a thousand times as long would leave nothing of the others to be seen.
            remarks.append(f"not drawn: {library.title}, {row['seconds']:.3g} s, extrapolated")
            continue
        bars.append(compare_chart.Bar(
            label=library.title, note="" if name == "ours" else library.differs, is_ours=name == "ours",
            is_inexact=False, is_reference=name == reference,
            than="ours" if reference == "ours" else describe(reference).title, seconds=row["seconds"],
            least=row["least"], largest=row["largest"], time_ratio=row["time_ratio"],
            inertia_ratio=row["inertia_ratio"]))
    remarks += [f"missing: {describe(name).title}: {reason}" for name, reason in failed.items()]
    heading, where = title(options, duel), machine(options, load)
    (options.out / f"{stem}.md").write_text(text + f"\n\n![Seconds an update]({stem}.svg)\n")
    (options.out / f"{stem}.svg").write_text(compare_chart.draw(
        heading, "seconds to learn a batch", where, bars, remarks))
    (options.out / f"{stem}.json").write_text(json.dumps(
        {"title": heading, "machine": where, "summary": rows, "runs": found, "missing": failed}, indent=1))
