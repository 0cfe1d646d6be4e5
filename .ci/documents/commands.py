"""Commands of pages, run in a folder of their own with small stand-ins for what they read."""
import os
import pathlib
import re
import shlex
import signal
import subprocess
import tempfile

import inputs
from blocks import Fault

# How long an endless command runs, and how long any may.
ENDLESS = 1.5
LIMIT = 60

# Stand-ins for programs that are not here or would not end: `tail -F` of a file that nobody writes is
# `tail`, so that what reads it ends, and what begins with swift build is built already.
SHIMS = {
    "tail": 'args=(); for a; do [ "$a" = -F ] || args+=("$a"); done; exec /usr/bin/tail "${args[@]}"',
    "mahout": "exit 0",
    "mail": "cat >/dev/null",
    "swift": '[ "$1" = build ]',
}


class Runner:
    """The commands of one page, one block after another in one folder."""

    def __init__(self, root, programs):
        self.root = root
        self.programs = programs

    def run(self, page_blocks):
        """- Returns: the number of blocks that were run; faults are printed by whoever asks."""
        faults = []
        text = "\n".join(block.text + block.quick for block in page_blocks)
        with tempfile.TemporaryDirectory(prefix="kmeans-docs-") as folder:
            folder = pathlib.Path(folder)
            work = folder / "work"
            work.mkdir()
            for name, script in SHIMS.items():
                shim = folder / "shims" / name
                shim.parent.mkdir(exist_ok=True)
                shim.write_text(f"#!/bin/bash\n{script}\n")
                shim.chmod(0o755)
            for name in ("Examples", "Scripts", "Benchmarks"):
                (work / name).symlink_to(self.root / name)
            inputs.write(work, text)
            for block in page_blocks:
                try:
                    self.run_block(block, work, folder / "shims")
                except Fault as fault:
                    faults.append(str(fault))
        return faults

    def run_block(self, block, work, shims):
        self.read(block)
        if block.how == "no-run":
            return
        if block.how == "bench" and not block.quick:
            check_programs(block, self.root)
            return
        if block.language == "console":
            check_console(block, lambda text: self.shell(text, work, shims, False, block)[1])
            return
        endless = block.how == "endless"
        status, _, errors = self.shell(block.quick or block.text, work, shims, endless, block)
        if status not in ((0, 130) if endless else (0,)):
            raise Fault(f"{block.place}: status {status}\n{block.text}\n{errors.strip()}")

    @staticmethod
    def read(block):
        """The shell must understand what is never run, too."""
        if block.language == "sh":
            outcome = subprocess.run(
                ["bash", "-n"], input=block.text, capture_output=True, text=True)
            if outcome.returncode:
                raise Fault(f"{block.place}: {outcome.stderr.strip()}")

    def shell(self, text, work, shims, endless, block):
        """Runs a script; each of its commands must succeed."""
        first = [] if endless else [str(shims)]
        environment = os.environ | {
            "PATH": ":".join(first + [str(self.programs), os.environ["PATH"]]), "LC_ALL": "C.UTF-8"}
        trace = "set -eu; trap 'echo \"line $LINENO: $BASH_COMMAND\" >&2' ERR\n"
        process = subprocess.Popen(
            ["bash", "-c", trace + text], cwd=work, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
            # A shell in the background would pass on that SIGINT is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        try:
            output, errors = process.communicate(timeout=ENDLESS if endless else LIMIT)
            if endless:
                raise Fault(f"{block.place}: ended by itself, status {process.returncode}\n{errors}")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGINT)
            try:
                output, errors = process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise Fault(f"{block.place}: does not end") from None
            if not endless:
                raise Fault(f"{block.place}: took more than {LIMIT} s") from None
            if process.returncode == -signal.SIGINT:
                return 130, output, errors
        return process.returncode, output, errors


def check_console(block, run):
    """What is printed must be what the page shows."""
    commands, shown = [], []
    for line in block.text.split("\n"):
        (commands if line.startswith("$ ") else shown).append(line.removeprefix("$ "))
    printed = run("\n".join(commands)).strip("\n").split("\n")
    shown = "\n".join(shown).strip("\n").split("\n")
    for number, (there, here) in enumerate(zip(printed + [""] * len(shown), shown)):
        if there != here:
            raise Fault(f"{block.place}: printed '{there}', the page shows '{here}'")
    if len(printed) > len(shown):
        raise Fault(f"{block.place}: printed {len(printed)} lines, the page shows {len(shown)}")


def check_programs(block, root):
    """What takes too long is there, and its help knows the options that it is given."""
    folder = root
    for line in block.text.replace("\\\n", " ").split("\n"):
        for command in re.split(r"&&|\|", line):
            words = shlex.split(command, comments=True)
            while words and ("=" in words[0] or words[0] == "env" or words[0].startswith("-u")):
                words = words[2:] if words[0] == "-u" else words[1:]
            if not words or words[0] in ("swift",) or words[0].endswith("kmeans-bench"):
                continue
            if words[0] == "cd":
                folder = (root / words[1]).resolve()
                continue
            if "python" in words[0]:
                words = words[1:]
            program = folder / words[0]
            if not program.is_file():
                raise Fault(f"{block.place}: there is no {program.relative_to(root)}")
            text = program.read_text()
            for option in (word for word in words[1:] if word.startswith("--")):
                if option.split("=")[0] not in text and not in_siblings(option, program):
                    raise Fault(f"{block.place}: {words[0]} has no {option}")


def in_siblings(option, program):
    """Options that several scripts share are declared beside them."""
    return any(f'"{option}"' in path.read_text() for path in program.parent.glob("*.py"))
