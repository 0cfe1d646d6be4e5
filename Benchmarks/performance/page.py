"""The page: the tables that were asked for, put into page.md."""
import pathlib
import string
import sys
import textwrap

from performance import alone, duels, machine

TABLES = {"assign": duels.assign, "fit": duels.fit, "everyday": duels.everyday,
          "stream": duels.stream, "onepass": duels.onepass, "read": alone.read, "memory": alone.memory}


def markdown(heads, rows, notes):
    """A table, and a line for each thing that is missing."""
    lines = []
    if rows:
        lines += ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
        lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    for note in notes:
        lines += [""] * bool(lines) + textwrap.wrap(f"Missing: {note}", 100)
    return "\n".join(lines)


def page(run):
    """Measures, and returns the page as text."""
    core = machine.choose_core(run)
    parts = {name: "Not measured in this run." for name in TABLES}
    for name, measure in TABLES.items():
        if name in run.options.only:
            print(f"measure: {name}", file=sys.stderr)
            parts[name] = markdown(*measure(run))
    about = " ".join(part for part in (machine.facts(run, core), machine.peers(run)) if part)
    if run.options.quick:
        about = f"**A quick run on a few rows of the data: no measurement.** {about}"
    template = string.Template(pathlib.Path(__file__).with_name("page.md").read_text())
    return template.substitute(parts, machine=textwrap.fill(about, 100, break_on_hyphens=False))
