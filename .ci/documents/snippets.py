"""Snippets of Swift, compiled all together against the modules of the build."""
import pathlib
import re
import subprocess
import tempfile

from blocks import Fault

STAND_IN = "/// A value of what a page takes for granted.\nfunc standIn<T>() -> T { fatalError() }\n"

OPTIONS = [
    "-swift-version", "6", "-enable-upcoming-feature", "ExistentialAny",
    "-enable-upcoming-feature", "MemberImportVisibility", "-enable-experimental-feature",
    "Lifetimes", "-suppress-warnings",
]


def source(block, number):
    """A file that has the snippet in a function, under the lines of its page."""
    imports, body = ["Clustering"] if "StreamingKMeans" in block.given else [], []
    for line in block.text.split("\n"):
        match = re.match(r"import (\w+)$", line)
        if match:
            imports.append(match.group(1))
        body.append("" if match else line)
    given = []
    for declaration in filter(None, (d.strip() for d in block.given.split(";"))):
        if re.match(r"(let|var) \w+: [^=]+$", declaration):
            declaration += " = standIn()"
        given.append(declaration)
    lines = [f"import {name}" for name in dict.fromkeys(imports)]
    lines += [f"func snippet{number}() async throws {{"] + given
    lines += [f'#sourceLocation(file: "{block.page}", line: {block.line})'] + body
    lines += ["#sourceLocation()", "}", ""]
    return "\n".join(lines)


def include_options(root, build):
    """Where modules of Swift and of C are."""
    options = ["-I", str(build / "Modules")]
    for module in ("CZlib", "CLanes", "CProcessor"):
        for found in (root / "Modules" / module).rglob("module.modulemap"):
            options += ["-Xcc", f"-fmodule-map-file={found}"]
            options += ["-Xcc", f"-I{found.parent}"]
    for name in ("KMeansCLanes", "KMeansCProcessor"):
        found = build / f"{name}.build" / "module.modulemap"
        if found.exists() and not list((root / "Modules" / name[6:]).rglob("module.modulemap")):
            options += ["-Xcc", f"-fmodule-map-file={found}"]
    return options


def compile_all(found, root, build):
    """Compiles the snippets in one go.

    - Returns: what the compiler says is wrong, a line each, with the page and its line.
    """
    wanted = [block for block in found if block.how == "run"]
    if not wanted:
        return []
    if not (build / "Modules" / "Clustering.swiftmodule").exists():
        raise Fault(f"{build}: there is no module Clustering: build first")
    with tempfile.TemporaryDirectory(prefix="kmeans-docs-") as folder:
        files = []
        for number, block in enumerate(wanted):
            path = pathlib.Path(folder) / f"Snippet{number}.swift"
            path.write_text(source(block, number))
            files.append(str(path))
        stand_in = pathlib.Path(folder) / "StandIn.swift"
        stand_in.write_text(STAND_IN)
        command = ["swiftc", "-emit-sil", "-wmo", "-Onone", "-module-name", "Snippets",
                   "-o", str(pathlib.Path(folder) / "out.sil"), *OPTIONS,
                   *include_options(root, build), str(stand_in), *files]
        outcome = subprocess.run(command, capture_output=True, text=True, cwd=root)
        if outcome.returncode == 0:
            return []
        lines = outcome.stderr.split("\n")
        return [line for line in lines if "error:" in line] or [outcome.stderr.strip()]
