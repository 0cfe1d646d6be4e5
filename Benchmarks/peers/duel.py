"""What all duels share: a virtual environment, runs in turns, and costs in float64 by the same code for all."""
import importlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
ENVIRONMENT = FOLDER / ".venv"
#: After so many seconds a run counts as failed.
LONGEST = 900
BUILT = ROOT / ".build/release"


def make_environment(spark=False):
    """Makes the virtual environment of all duels; what cannot be installed is left out and told."""
    subprocess.run([sys.executable, "-m", "venv", ENVIRONMENT], check=True)
    lists = [("requirements.txt", []), ("requirements-bico.txt", ["--no-deps"])]
    if spark:
        lists.append(("requirements-spark.txt", []))
    for name, flags in lists:
        for line in (FOLDER / name).read_text().splitlines():
            if not line or line.startswith("#"):
                continue
            done = subprocess.run([ENVIRONMENT / "bin/pip", "install", "--quiet", *flags, line],
                                  capture_output=True, text=True)
            print(line, "installed" if done.returncode == 0 else f"is missing: {last_line(done.stderr)}")


def enter():
    """Goes on in the virtual environment, where there is one."""
    inside = ENVIRONMENT / "bin/python"
    if pathlib.Path(sys.prefix) != ENVIRONMENT and inside.exists():
        os.execv(inside, [inside, *sys.argv])


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "rror" in line]
    return (errors or lines or ["no message"])[-1]


def with_threads(threads):
    names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
    return os.environ | {name: str(threads) for name in names}


def run_process(command, threads):
    """The JSON object on the last line that a process prints, or `failed`; paths are absolute."""
    if not os.access(command[0], os.X_OK):
        return {"failed": f"there is no {command[0]}: swift build -c release makes it"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=with_threads(threads), cwd=FOLDER,
                              timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return {"failed": f"took more than {LONGEST} seconds"}
    if done.returncode != 0:
        return {"failed": last_line(done.stderr)}
    return json.loads(done.stdout.splitlines()[-1])


def in_turns(names, runs, run, warm_up=True):
    """All runs by name: in turns, the first of which warms up and is dropped; and why some are missing.

    `run` gets a name and a seed: a seed a turn, which counts where nothing else is given. Without `warm_up` every
    turn counts: each process warms itself up, and what the turn adds are the pages of files.
    """
    found, failed = {name: [] for name in names}, {}
    for turn in range(0 if warm_up else 1, runs + 1):
        for name in names:
            if name in failed:
                continue
            result = run(name, max(0, turn - 1))
            if "failed" in result:
                failed[name] = result["failed"]
            elif turn > 0:
                found[name].append(result)
            print(f"turn {turn} of {runs}: {name} "
                  + (f"{result['seconds']:.4g} s" if "seconds" in result else result["failed"]),
                  file=sys.stderr)
    return {name: found[name] for name in names if name not in failed}, failed


def chosen(libraries, wanted):
    """The names of ours and of theirs, or those of them that are wanted ("a,b")."""
    names = ["ours", *libraries]
    unknown = set(wanted.split(",")) - set(names) if wanted else set()
    if unknown:
        sys.exit(f"--libraries: {', '.join(sorted(unknown))}: expected some of {', '.join(names)}")
    return [name for name in names if not wanted or name in wanted.split(",")]


def add_warm_up(parser):
    parser.add_argument("--no-warm-up", action="store_true", help="count the first turn, too")


def checked(parser, counts):
    """The options, with points and k unless the environment is to be made, and counts of at least 1."""
    options = parser.parse_args()
    if not options.setup and (options.data is None or options.k is None):
        parser.error("expected --setup, or --data FILE and -k K")
    if options.data and not os.path.isfile(options.data):
        parser.error(f"--data {options.data}: there is no such file")
    for name in counts:
        if (value := getattr(options, name)) is not None and value < 1:
            parser.error(f"--{name.replace('_', '-')} {value}: expected at least 1")
    return options


def compete(options, duel_class, package):
    """Runs a duel and writes its report, both of them the package's; or makes the environment."""
    if options.setup:
        return make_environment(spark=package == "streaming")
    enter()
    try:
        import numpy  # noqa: F401
        report = importlib.import_module(f"{package}.report")
        libraries = importlib.import_module(f"{package}.libraries").LIBRARIES
    except ImportError as error:
        sys.exit(f"{error}: run {sys.argv[0]} --setup first")
    names = chosen(libraries, options.libraries)
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        duel = duel_class(options, folder)
        found, failed = in_turns(names, options.runs, duel.run, not options.no_warm_up)
    report.write(options, duel, found, failed, load)
    if not found:
        sys.exit("nothing could be measured")


def inertia(points, centroids, labels=None):
    """The sum of squared distances to the nearest centroid, and how many labels name another one.

    All in float64: a centred product finds the nearest, direct differences measure it.
    """
    import numpy as np
    middle = centroids.mean(0, dtype=float)
    centred = centroids.astype(float) - middle
    norms = (centred**2).sum(1)
    total, wrong = 0.0, 0
    for begin in range(0, len(points), 4096):
        block = points[begin:begin + 4096].astype(float)
        nearest = (norms - 2 * (block - middle) @ centred.T).argmin(1)
        best = ((block - centroids[nearest])**2).sum(1)
        if labels is None:
            given = best
        else:
            given = ((block - centroids[labels[begin:begin + 4096]])**2).sum(1)
        total += np.minimum(best, given).sum()
        wrong += int((given > best * (1 + 1e-12)).sum())
    return total, wrong
