"""Structures and prototypes are those of the header, which is read by a small parser."""

import ctypes
import pathlib
import re
import shutil
import subprocess

import pytest
from swiftkmeans import _arrow_structures, _library, _structures
from swiftkmeans._prototypes import PROTOTYPES

HEADER = pathlib.Path(__file__).resolve().parents[2] / "Modules/CKMeans/include/kmeans.h"
pytestmark = pytest.mark.skipif(not HEADER.exists(), reason="the header is in the repository alone")


def code():
    """The header without comments and lines of the preprocessor."""
    text = re.sub(r"/\*.*?\*/", "", HEADER.read_text(), flags=re.S)
    return re.sub(r"^#.*$", "", text, flags=re.M)


def functions():
    """The functions: (result, name, [the type of each parameter])."""
    text = re.sub(r"typedef struct \w+ \{.*?\} \w+;|struct \w+ \{.*?\n\};|typedef [^;{]*;", "", code(), flags=re.S)
    found = re.findall(r"([\w ]+?\**)\s*\b(km_\w+)\(([^)]*)\)\s*;", text)
    for result, name, parameters in found:
        parameters = [" ".join(p.split()) for p in parameters.split(",")]
        yield " ".join(result.split()), name, [] if parameters == ["void"] else parameters


def structures():
    """The structures: (name, [(type, name of a field)])."""
    for name, body in re.findall(r"struct (\w+) \{(.*?)\}", code(), flags=re.S):
        fields = []
        for declaration in body.split(";"):
            declaration = " ".join(declaration.split())
            pointer = re.match(r"(.*)\(\*(\w+)\)\(.*\)$", declaration)
            if pointer:
                fields.append(("function", pointer.group(2)))
            elif declaration:
                kind, field = re.match(r"(.*?)(\w+)$", declaration).groups()
                fields.append((kind.strip(), field))
        yield name, fields


SCALARS = {
    "int32_t": ctypes.c_int32,
    "km_status": ctypes.c_int32,
    "uint32_t": ctypes.c_uint32,
    "int64_t": ctypes.c_int64,
    "uint64_t": ctypes.c_uint64,
    "size_t": ctypes.c_size_t,
    "double": ctypes.c_double,
    "void": None,
}


def matches(declared, given):
    """Whether a type of the prototypes stands for a declared one: numbers exactly, pointers by being pointers."""
    declared = re.sub(r"\b(const|struct)\b", "", re.sub(r"(?<=[\s*])\w+$", "", declared.strip()))
    pointers, base = declared.count("*"), declared.replace("*", "").strip()
    if pointers == 0:
        return given is SCALARS[base]
    if base == "char" and pointers == 2:
        return given is ctypes.POINTER(ctypes.c_char_p)
    if base == "char":
        return given is ctypes.c_char_p
    if given is ctypes.c_void_p or (given is ctypes.c_char_p and base == "uint8_t"):
        return True
    pointed = given._type_
    if pointed is ctypes.c_void_p:
        return pointers == 2
    return pointed.__name__ == base or pointed is SCALARS.get(base)


def test_every_function_has_a_prototype():
    declared = {name for _, name, _ in functions()}
    assert len(declared) > 60
    assert declared == set(PROTOTYPES)


@pytest.mark.parametrize("result, name, parameters", list(functions()))
def test_prototype(result, name, parameters):
    given_result, given = PROTOTYPES[name]
    assert len(given) == len(parameters)
    for declared, kind in zip(parameters, given):
        assert matches(declared, kind), (declared, kind)
    assert given_result is (ctypes.c_char_p if "*" in result else SCALARS[result])
    function = getattr(_library.library, name)
    assert function.restype is given_result
    assert list(function.argtypes) == given


def given_structure(name):
    return getattr(_structures, name, None) or getattr(_arrow_structures, name)


@pytest.mark.parametrize("name, fields", list(structures()))
def test_structure(name, fields):
    given = given_structure(name)
    assert [field for _, field in fields] == [field[0] for field in given._fields_]
    for (declared, field), (_, kind) in zip(fields, given._fields_):
        if declared in ("function", "km_progress_function") or "*" in declared:
            assert ctypes.sizeof(kind) == ctypes.sizeof(ctypes.c_void_p), field
        else:
            assert kind is SCALARS[declared], field


@pytest.mark.skipif(not shutil.which("gcc"), reason="there is no gcc")
def test_sizes_and_offsets_are_those_of_c(tmp_path):
    lines = []
    for name, fields in structures():
        tag = f"struct {name}"
        lines.append(f'printf("{name} %zu\\n", sizeof({tag}));')
        lines += [f'printf("{name}.{field} %zu\\n", offsetof({tag}, {field}));' for _, field in fields]
    program = f'#include <stdio.h>\n#include "{HEADER}"\nint main(void) {{ {" ".join(lines)} return 0; }}\n'
    (tmp_path / "sizes.c").write_text(program)
    subprocess.run(["gcc", "-o", tmp_path / "sizes", tmp_path / "sizes.c"], check=True)
    said = subprocess.run([tmp_path / "sizes"], check=True, capture_output=True, text=True).stdout
    for line in said.splitlines():
        what, number = line.split()
        name, _, field = what.partition(".")
        given = given_structure(name)
        assert (getattr(given, field).offset if field else ctypes.sizeof(given)) == int(number), what


def test_numbers_of_names():
    """Enumerators that Python repeats have the values of the header."""
    values = {name: int(value) for name, value in re.findall(r"\b(KM_\w+) = (\d+)", code())}
    assert values["KM_INTERNAL_ERROR"] == _structures.INTERNAL_ERROR
    assert [values[f"KM_{name}"] for name in ("FLOAT32", "FLOAT64", "DENSE", "CSR")] == [
        _structures.FLOAT32, _structures.FLOAT64, _structures.DENSE, _structures.CSR]  # fmt: skip
    assert values["KM_CANCEL"] == _structures.CANCEL
    tables = [
        ("STRATEGY_", _structures.STRATEGIES), ("FORGET_", _structures.FORGETTING), ("GAIN_", _structures.GAINS),
        ("RULES_", _structures.RULES), ("", _structures.TIME_UNITS), ("", _structures.DISTANCES)]  # fmt: skip
    for prefix, table in tables:
        for word, number in table.items():
            assert values[f"KM_{prefix}{word.upper()}"] == number
    inits = ["KM_INIT_GREEDY", "KM_INIT_KMEANS_PLUS_PLUS", "KM_INIT_RANDOM", "KM_INIT_OPTIMAL"]
    assert [values[name] for name in inits] == list(_structures.INITS.values())
    assert {values[f"KM_{kind.upper()}"]: kind for kind in ("born", "died", "split")} == _structures.EVENT_KINDS
    assert int(re.search(r"#define KM_ABI_VERSION (\d+)", HEADER.read_text()).group(1)) == _structures.ABI_VERSION


def test_another_interface_is_refused(tmp_path):
    if not shutil.which("gcc"):
        pytest.skip("there is no gcc")
    (tmp_path / "other.c").write_text("unsigned km_abi_version(void) { return 99; }\n")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", tmp_path / "other.so", tmp_path / "other.c"], check=True)
    with pytest.raises(ImportError, match="interface has version 99, expected 1"):
        _library.opened(str(tmp_path / "other.so"))
    with pytest.raises(ImportError, match="SWIFTKMEANS_LIBRARY"):
        _library.opened(str(tmp_path / "none.so"))
