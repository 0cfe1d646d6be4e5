"""The pages of the modules, made by the toolchain's docc: a warning is an error.

Symbols come from the modules of the build, so that a link to one that is gone is seen. Articles of algorithms
have the same headings in the same order.
"""
import pathlib
import re
import shutil
import subprocess
import tempfile

from blocks import Fault
from snippets import include_options

MODULES = ("Clustering", "VectorIO", "Batching")

HEADINGS = [
    "What it computes", "Formula", "Parameters", "Complexity", "Names elsewhere",
    "Reproducibility", "When not to use it",
]
ALGORITHMS = (
    "Lloyd", "Seeding", "StreamsThatForget", "OnePass", "HowManyClusters", "Evaluation", "Distances")


def check_headings(root):
    faults = []
    for name in ALGORITHMS:
        page = root / f"Sources/Clustering/Clustering.docc/{name}.md"
        found = re.findall(r"^## (.*)$", page.read_text(), re.M)
        if found != HEADINGS:
            faults.append(
                f"{page.relative_to(root)}: the headings are {', '.join(found)}, expected "
                f"{', '.join(HEADINGS)}")
    return faults


def convert(root, build):
    """Makes the pages of each module.

    - Returns: what docc warns of.
    """
    docc = shutil.which("docc")
    if docc is None:
        raise Fault("there is no docc beside swift: expected that of the toolchain")
    faults = []
    for module in MODULES:
        with tempfile.TemporaryDirectory(prefix="kmeans-docc-") as folder:
            symbols = pathlib.Path(folder) / "symbols"
            symbols.mkdir()
            extract = subprocess.run(
                ["swift", "symbolgraph-extract", "-module-name", module, "-minimum-access-level",
                 "public", "-output-dir", str(symbols), "-skip-inherited-docs",
                 "-target", target(), "-experimental-allowed-reexported-modules=KMeansLinearAlgebra,KMeansFiles,VectorIO",
                 *include_options(root, build)],
                capture_output=True, text=True, cwd=root)
            if extract.returncode:
                raise Fault(f"the symbols of {module}: {extract.stderr.strip()}")
            outcome = subprocess.run(
                [docc, "convert", f"Sources/{module}/{module}.docc", "--warnings-as-errors", "--disable-parameters-and-returns-validation",
                 "--additional-symbol-graph-dir", str(symbols), "--fallback-display-name", module,
                 "--fallback-bundle-identifier", f"swift-kmeans.{module}", "--output-path",
                 str(pathlib.Path(folder) / "pages")],
                capture_output=True, text=True, cwd=root)
            if outcome.returncode:
                faults.append(f"docc, {module}:\n{(outcome.stderr + outcome.stdout).strip()}")
    return faults


def target():
    text = subprocess.run(
        ["swiftc", "-print-target-info"], capture_output=True, text=True, check=True).stdout
    return re.search(r'"triple": "([^"]+)"', text).group(1)
