import Foundation
import KMeansFiles
import Testing

@Suite struct FileErrorTests {
  @Test(arguments: [
    (
      FileError.system(path: "data.csv", operation: "open", code: ENOENT),
      "data.csv: cannot open: No such file or directory"
    ),
    (
      .malformed(path: "a.csv", place: .field(line: 17, column: 3), problem: "expected a number"),
      "a.csv: line 17, column 3: expected a number"
    ),
    (.malformed(path: "a.npy", place: .byte(6), problem: "bad"), "a.npy: byte 6: bad"),
    (.malformed(path: "a.csv", place: .line(2), problem: "bad"), "a.csv: line 2: bad"),
    (.malformed(path: "a.npy", place: .row(0), problem: "bad"), "a.npy: row 0: bad"),
    (.malformed(path: "a.csv", place: .wholeFile, problem: "no rows"), "a.csv: no rows"),
    (.unusable(path: "x", problem: "no such column"), "x: no such column"),
    (.unusable(path: "a\nb\u{1b}[2J", problem: "bad"), "a\\nb\\u{1b}[2J: bad"),
  ])
  func `is one line`(error: FileError, text: String) { #expect(error.description == text) }

  @Test func `quoted text is short and visible`() {
    #expect(quoted("abc") == "'abc'")
    #expect(quoted(String(repeating: "x", count: 40)) == "'\(String(repeating: "x", count: 40))'")
    #expect(
      quoted(String(repeating: "x", count: 41)) == "'\(String(repeating: "x", count: 40))...'")
    #expect(quoted("a\tb\u{0}\u{202e}") == "'a\\tb\\u{0}\\u{202e}'")
  }
}
