import KMeansFiles
import Testing
import VectorIO

/// Text that is no libsvm is refused with its place.
@Suite struct LibSVMErrorTests {
  @Test(arguments: [
    (
      "1 1:1\n2 1:1 1:2\n", FileError.Place.field(line: 2, column: 7),
      "index 1 after index 1, expected ascending indices"
    ),
    (
      "1 1:1 3:1 2:2\n", .field(line: 1, column: 11),
      "index 2 after index 3, expected ascending indices"
    ),
    (
      "1 1:1\na 1:1\n", .field(line: 2, column: 1),
      "expected a label (a number) or index:value, found 'a'"
    ),
    (
      "1,,2 1:1\n", .field(line: 1, column: 1),
      "expected a label (a number) or index:value, found '1,,2'"
    ),
    ("1 1:1\n2 x:1\n", .field(line: 2, column: 3), "expected index:value, found 'x:1'"),
    ("1 -1:1\n", .field(line: 1, column: 3), "expected index:value, found '-1:1'"),
    ("1 1\n", .field(line: 1, column: 3), "expected index:value, found '1'"),
    ("1 1 :2\n", .field(line: 1, column: 3), "expected index:value, found '1'"),
    ("1 1.0:2\n", .field(line: 1, column: 3), "expected index:value, found '1.0:2'"),
    ("1 :2\n", .field(line: 1, column: 3), "expected index:value, found ':2'"),
    ("1 1:\n", .field(line: 1, column: 5), "expected a number, found an empty field"),
    ("1 1: 2\n", .field(line: 1, column: 6), "expected index:value, found '2'"),
    ("1 1:1\n1 1:x\n", .field(line: 2, column: 5), "expected a number, found 'x'"),
    ("1 1:2:3\n", .field(line: 1, column: 5), "expected a number, found '2:3'"),
    ("1 1:0x10\n", .field(line: 1, column: 5), "expected a number in decimal digits, found '0x10'"),
    ("1 1:1 2:nan\n", .field(line: 1, column: 9), "expected a finite number, found 'nan'"),
    ("1 1:-inf#\n", .field(line: 1, column: 5), "expected a finite number, found '-inf'"),
    (
      "1 1:1e999\n", .field(line: 1, column: 5),
      "expected a number that a 64-bit float can hold, found '1e999'"
    ),
    ("1 1:NA\n", .field(line: 1, column: 5), "expected a number, found 'NA'"),
    ("1 qid:a 1:1\n", .field(line: 1, column: 3), "expected qid:number, found 'qid:a'"),
    ("1 1:1 qid:3\n", .field(line: 1, column: 7), "expected index:value, found 'qid:3'"),
    (
      "1 99999999999999999999:1\n", .field(line: 1, column: 3),
      "an index of 20 digits, expected at most 9223372036854775806"
    ),
    (
      "1 9223372036854775807:1\n", .field(line: 1, column: 3),
      "index 9223372036854775807, expected at most 9223372036854775806"
    ),
    (
      "1 1:1\r2 1:2\r", .line(1),
      "a carriage return without a line feed; expected lines that end in LF or CR LF"
    ),
    (
      "1 1:1 # c\r2 1:2\n3 1:1\n", .line(1),
      "a carriage return without a line feed; expected lines that end in LF or CR LF"
    ),
    ("1 1:1\n2 1:\0\n", .line(2), "a NUL byte at byte 10 of the file; expected text"),
    ("", .wholeFile, "no rows: the file is empty"),
    ("\n# c\n", .wholeFile, "no rows: the file is empty"),
    ("1\n2\n", .wholeFile, "no index:value in any line: give a dimension"),
    (
      "\u{1f}\u{8b}", .field(line: 1, column: 1),
      "expected a label (a number) or index:value, found '\\u{1f}\\u{8b}'"
    ),
  ])
  func `what is not`(text: String, place: FileError.Place, problem: String) {
    expectError(place, problem, of: text, name: "a.libsvm")
  }
}
