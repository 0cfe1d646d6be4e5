"""What compare_onepass.py found, as a Markdown table and with --out as a bar chart and as JSON."""
import json
import pathlib
import statistics
import subprocess

import compare_chart
from compare_report import machine
from onepass.libraries import LIBRARIES, Library

OURS = Library("swift-kmeans", "OnePassKMeans: the sketch, then ball k-means", "", "float32", None)
LEGEND = """\
Seconds: from points in memory to centroids, medians over the seeds, least and largest behind; the summary's are
those until the sketch or coreset was there. All come after a small run that warms up the process. Cost: the
k-means cost of the centroids over ALL points, in float64 by the same code for all; 1 is {reference}.
Certified: what ours says the cost lies between without a second pass, in units of the true cost."""


def describe(name):
    return OURS if name == "ours" else LIBRARIES[name]


def title(options, duel):
    rows, columns = duel.points.shape
    return f"{pathlib.Path(options.data).name}: {rows:,} x {columns}, k = {options.k}, one pass"


def reference_text(options):
    return (f"the best of {options.reference_runs} full runs of greedy k-means++ and Lloyd (`kmeans fit --init greedy "
            f"--runs {options.reference_runs}`)")


def version(name, options, runs):
    run = runs[-1]
    if name != "ours":
        library = LIBRARIES[name]
        return (f"{library.title}: `{library.entry}`, {library.package} {run['version']}, {library.precision}, "
                f"{run['blas'] or 'no OpenBLAS'}")
    told = f"{run['isa']} kernels, {run['openblas'].split(' NO')[0]} with {run['openblasCore']} kernels"
    tool = pathlib.Path(options.tool)
    if tool.exists():
        told = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout.strip()
    return f"{OURS.title}: {OURS.entry}, collapse {run['collapse']}, {run['ballRuns']} runs, {told}, {run['precision']}"


def ratio(value):
    return f"{value:.4f}" if value < 10 else f"{value:.4g}"


def row_of(runs, reference, cost):
    """The medians of some runs."""
    seconds = [run["seconds"] for run in runs]
    costs = [run["inertia"] / cost for run in runs]
    row = {
        "seconds": statistics.median(seconds), "least": min(seconds), "largest": max(seconds),
        "time_ratio": statistics.median(a["seconds"] / b["seconds"] for a, b in zip(runs, reference)),
        "cost": statistics.median(costs), "least_cost": min(costs), "largest_cost": max(costs),
        "summary_seconds": None, "summary_points": None, "lower": None, "upper": None}
    if runs[0].get("summarySeconds") is not None:
        row["summary_seconds"] = statistics.median(run["summarySeconds"] for run in runs)
        row["summary_points"] = statistics.median(run["summaryPoints"] for run in runs)
    if "costUpper" in runs[0]:
        row["lower"] = statistics.median(run["costLower"] / run["trueCost"] for run in runs)
        row["upper"] = statistics.median(run["costUpper"] / run["trueCost"] for run in runs)
    return row


def markdown(options, duel, rows, reference, found, failed, load):
    than = "ours" if reference == "ours" else describe(reference).title if reference else "-"
    lines = [f"**{title(options, duel)}**", "", f"{machine(options, load)}; {options.runs} seeds in turns", "",
             "| library | threads | summary | its seconds | million points a second | seconds | time / "
             f"{than} | cost | certified |", "|---|---|---|---|---|---|---|---|---|"]
    for name, row in rows.items():
        shown = f"**{OURS.title}**, {duel.km_of(found)}" if name == "ours" else describe(name).title
        summary = ["", "", ""]
        if row["summary_seconds"] is not None:
            summary = [f"{row['summary_points']:,.0f}", f"{row['summary_seconds']:.4g}",
                       f"{len(duel.points) / row['summary_seconds'] / 1e6:.3g}"]
        certified = f"{row['lower']:.4f}-{row['upper']:.4f}" if row["upper"] is not None else ""
        lines.append(
            f"| {shown} | {options.threads} | {' | '.join(summary)} | {row['seconds']:.4g} "
            f"({row['least']:.4g}-{row['largest']:.4g}) | {row['time_ratio']:.2f} | {ratio(row['cost'])} "
            f"({ratio(row['least_cost'])}-{ratio(row['largest_cost'])}) | {certified} |")
    for name, reason in failed.items():
        lines.append(f"| {describe(name).title} | missing: {reason.replace('|', '/')} | | | | | | | |")
    legend = LEGEND.format(reference=f"{reference_text(options)}, {duel.cost:.8g}")
    versions = [f"* {version(name, options, runs)}" for name, runs in found.items()]
    return "\n".join([*lines, "", legend, "", *versions])


def write(options, duel, found, failed, load):
    # Ours is measured first; where it is missing the first of the others stands in for it.
    reference = next(iter(found), None)
    rows = {name: row_of(runs, found[reference], duel.cost) for name, runs in found.items()}
    rows = dict(sorted(rows.items(), key=lambda item: item[1]["seconds"]))
    text = markdown(options, duel, rows, reference, found, failed, load)
    if options.out:
        write_files(options, duel, rows, reference, found, failed, load, text)
    print(text)


def note(name, row, duel, found):
    """What stands under the name of a bar."""
    parts = [duel.km_of(found)] if name == "ours" else []
    if row["summary_seconds"] is not None:
        parts.append(f"{row['summary_points']:,.0f} points in {row['summary_seconds']:.3g} s")
    return ", ".join(parts)


def write_files(options, duel, rows, reference, found, failed, load, text):
    options.out.mkdir(parents=True, exist_ok=True)
    stem = f"{pathlib.Path(options.data).stem}-k{options.k}-onepass" + (
        f"-t{options.threads}" if options.threads != 2 else "")
    bars = [compare_chart.Bar(
        label=describe(name).title, note=note(name, row, duel, found), is_ours=name == "ours",
        is_inexact=False, is_reference=name == reference,
        than="ours" if reference == "ours" else describe(reference).title, seconds=row["seconds"],
        least=row["least"], largest=row["largest"], time_ratio=row["time_ratio"],
        inertia_ratio=row["cost"]) for name, row in rows.items()]
    remarks = [f"cost 0 %: {reference_text(options).replace('`', '')}"]
    remarks += [f"missing: {describe(name).title}: {reason}" for name, reason in failed.items()]
    heading, where = title(options, duel), machine(options, load)
    (options.out / f"{stem}.md").write_text(text + f"\n\n![Seconds of one pass]({stem}.svg)\n")
    (options.out / f"{stem}.svg").write_text(compare_chart.draw(
        heading, "seconds to centroids", where, bars, remarks))
    (options.out / f"{stem}.json").write_text(json.dumps(
        {"title": heading, "machine": where, "referenceCost": duel.cost, "summary": rows, "runs": found,
         "missing": failed}, indent=1))
