"""The blocks of code of a page.

What stands behind the language says how a block is taken:

    ```sh                    is run; every line must succeed
    ```sh endless            is run until it is interrupted, with SIGINT, after some seconds
    ```sh bench              takes long: <!-- quick: COMMAND --> before it is run in its place; without
                             one its programs are asked for their help, which must know its options
    ```sh no-run: REASON     is only read by the shell
    ```console               lines behind "$ " are run, and print what is there
    ```swift                 is compiled, with what <!-- given: let x: T; ... --> declares before it
    ```swift no-run: REASON  is left alone

Other languages are none of ours.
"""
import dataclasses
import pathlib
import re

FENCE = re.compile(r"^(\s*)```(.*)$")
COMMENT = re.compile(r"<!--\s*(given|quick):\s*(.*?)\s*-->", re.S)


class Fault(Exception):
    """What is wrong with a block, and where."""


@dataclasses.dataclass
class Block:
    page: pathlib.Path
    line: int
    """The line of the first line of code."""
    language: str
    how: str
    """run, endless, bench or no-run"""
    text: str
    given: str = ""
    quick: str = ""

    @property
    def place(self):
        return f"{self.page}:{self.line}"


def blocks(page, root):
    """The blocks of sh, console and swift of a page."""
    lines = (root / page).read_text().split("\n")
    index, comments, found = 0, {}, []
    while index < len(lines):
        opening = FENCE.match(lines[index])
        if not opening:
            comments = comment_at(lines, index) or (comments if not lines[index].strip() else
                                                    kept(comments, lines[index]))
            index += 1
            continue
        indent, info = opening.groups()
        start = index + 1
        index = start
        while index < len(lines) and lines[index].strip() != "```":
            index += 1
        if index == len(lines):
            raise Fault(f"{page}:{start}: a block that is never closed")
        language, _, words = info.strip().partition(" ")
        body = [line.removeprefix(indent) for line in lines[start:index]]
        if language in ("sh", "console", "swift"):
            found.append(Block(
                page, start + 1, language, how(words, f"{page}:{start}"), "\n".join(body),
                **comments))
        comments = {}
        index += 1
    return found


def comment_at(lines, index):
    """The comment that begins in a line, if it is one for a block."""
    if not lines[index].lstrip().startswith("<!--"):
        return None
    match = COMMENT.match("\n".join(lines[index:index + 10]).lstrip())
    return {match.group(1): match.group(2)} if match else None


def kept(comments, line):
    """A comment may have several lines; it holds for the block that follows it at once."""
    return comments if line.rstrip().endswith("-->") or line.startswith(" ") else {}


def how(words, place):
    if not words:
        return "run"
    if words in ("endless", "bench"):
        return words
    if re.fullmatch(r"no-run: \S.*", words):
        return "no-run"
    raise Fault(f"{place}: '{words}' behind the language, expected endless, bench or no-run: REASON")
