"""Where and when a page was measured, and whether OpenBLAS knows the processor."""
import datetime
import os
import platform
import subprocess
import sys

from duel import ROOT

#: What OpenBLAS takes for a processor that it does not know.
OLD_CORES = {"Generic", "Prescott", "Core2", "Penryn", "Dunnington", "Atom", "Nano", "Nehalem",
             "Barcelona", "Bobcat"}
PROBE = """
import threadpoolctl
for name in ("scipy.linalg", "faiss", "superkmeans"):
    try:
        __import__(name)
    except ImportError:
        pass
pools = threadpoolctl.threadpool_info()
print(*{pool["architecture"] for pool in pools if pool["internal_api"] == "openblas"})
"""


def printed(*command):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def choose_core(run):
    """Has every OpenBLAS take kernels for this processor where one would take those of an old one.

    Returns a sentence for the page; an empty one where each chooses well by itself.
    """
    asked = run.options.coretype or os.environ.get("OPENBLAS_CORETYPE")
    version = printed(run.program["kmeans"], "--version")
    wanted = "SkylakeX" if "v4" in version else "Haswell" if "v3" in version else None
    cores = [*version.split(), *printed(sys.executable, "-c", PROBE).split()]
    unknown = OLD_CORES & {core.capitalize() for core in cores}
    if not asked and wanted and unknown:
        asked = wanted
    if not asked:
        return ""
    os.environ["OPENBLAS_CORETYPE"] = asked
    why = "it was asked for"
    if unknown:
        why = f"left alone, one takes those of an old processor, {', '.join(sorted(unknown))}"
    return f" `OPENBLAS_CORETYPE={asked}` names the kernels of every OpenBLAS: {why}."


def commit():
    """The commit that was measured, and whether the files differ from it."""
    status = printed("git", "status", "--porcelain", "--untracked-files=no").splitlines()
    changed = any(not line.endswith("docs/Performance.md") for line in status)
    name = printed("git", "rev-parse", "--short", "HEAD")
    return name + (" with uncommitted changes" if changed else "")


def facts(run, core):
    """The paragraph at the top of the page."""
    with open("/proc/cpuinfo") as lines:
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    cores, load = len(os.sched_getaffinity(0)), run.options.load
    busy = " (busy: these times are worth little)" if load > 0.25 * cores else ""
    rounds = "1 round" if run.rounds == 1 else f"{run.rounds} rounds"
    version = printed(run.program["kmeans"], "--version").partition("\n")[0].partition(", ")[2]
    return (f"Commit {commit()}, {datetime.date.today()}, {rounds}. {(models or ['unknown'])[0]}, "
            f"{cores} cores, {run.options.threads} threads, load {load:.2f} before{busy}; "
            f"{platform.platform()}. Ours: {version}.{core}")


def peers(run):
    """The versions of the peers, and the kernels that each took."""
    from compare_libraries import LIBRARIES
    titles = {name: library.title for name, library in LIBRARIES.items()}
    titles |= {"superkmeans": "SuperKMeans", "river": "river", "bico": "BICO"}
    told = [f"{titles[name]} {version}" + (f" ({blas})" if blas else "")
            for name, (version, blas) in run.peers.items() if name in titles]
    return "Peers: " + ", ".join(told) + "." if told else ""
