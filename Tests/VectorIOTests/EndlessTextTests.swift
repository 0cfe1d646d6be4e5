import KMeansFiles
import Testing
import VectorIO

/// Text that goes on and on without rows: memory for one window, and an answer or one error.
@Suite struct EndlessTextTests {
  /// More than the sample that decides the columns has.
  static let length = 6 << 20

  private func rows(
    _ source: EndlessSource, _ name: String, _ options: ReadingOptions = ReadingOptions()
  ) throws -> [[Double]] {
    var file = try OpenedVectorFile(source: source, name: name, options: options)
      .rows(as: Double.self)
    return arrays(try Matrix(reading: &file))
  }

  @Test(arguments: ["a.csv", "a.tsv", "a.libsvm", "a.spark"], ["\n", " \r\n"])
  func `blank lines`(name: String, blank: String) throws {
    let row = name == "a.spark" ? "[1,2]\n" : name == "a.libsvm" ? "1 1:1 2:2\n" : "1\t2\n"
    let options = ReadingOptions(dimension: name == "a.libsvm" ? 2 : nil)
    for isLive in [false, true] {
      for begin in ["", row] {
        let source = EndlessSource(begin, blank, length: Self.length, row, isLive: isLive)
        let expected = begin.isEmpty ? [[1.0, 2]] : [[1, 2], [1, 2]]
        let found = try rows(source, name, options)
        #expect(found == expected, "\(name), \(begin)")
        // A window of what was looked at and twice that.
        #expect(source.largestRoom <= 12 << 20)
        if begin.isEmpty { #expect(source.largestRoom <= 1 << 18) }
      }
    }
  }

  @Test func `lines are counted behind blank ones`() throws {
    let blank = String(repeating: "\n", count: 5000)
    expectError(
      .field(line: 5002, column: 2), "expected a number, found 'x'", of: blank + "1,2\n3,x\n",
      name: "a.csv", options: ReadingOptions(columns: .listed(["1", "2"])))
    let error = failure {
      var file = try OpenedVectorFile(
        source: MemorySource(Array((blank + "1,2\n3\n").utf8)), name: "a.csv"
      ).rows(as: Double.self)
      _ = try Matrix(reading: &file)
    }
    #expect(error == malformed(.line(5002), "1 field, expected 2 as in line 5001"))
  }

  @Test func `comments of libsvm`() throws {
    let source = EndlessSource("1 1:1\n", "# a row\n", length: Self.length, "2 1:3\n")
    #expect(try rows(source, "a.libsvm") == [[1], [3]])
    #expect(source.largestRoom <= 1 << 18)
  }

  @Test func `rows that are left out`() throws {
    let source = EndlessSource("1,2\n", "nan,2\n", length: 6 << 18, "3,4\n")
    #expect(try rows(source, "a.csv", ReadingOptions(onInvalid: .skip)) == [[1, 2], [3, 4]])
  }

  @Test func `more fields than names have memory for`() {
    let error = failure { _ = try rows(EndlessSource("1", ",1", length: 9 << 20, "\n"), "a.csv") }
    #expect(error == malformed(.line(1), "a record of more than 4194304 fields"))
  }

  @Test(
    arguments: [("1", "1", 1), ("x\n\"", "a\n", 2), ("", " ", 1)] as [(String, String, Int)])
  func `a record without an end`(begin: String, again: String, line: Int) {
    for isLive in [false, true] {
      let source = EndlessSource(begin, again, isLive: isLive)
      let error = failure { _ = try rows(source, "a.csv") }
      #expect(error == malformed(.line(line), "a record of more than 64 MiB"))
      #expect(source.largestRoom <= 256 << 20)
    }
  }

  /// A file of holes that begins with gzip.
  @Test func `gzip in a file of any size`() {
    let packed = gzipMember(Array("1,2\n3,4\n".utf8))
    let source = EndlessSource(packed, again: [0], size: 1 << 60)
    #expect(
      failure { _ = try rows(source, "a.csv.gz") }
        == malformed(
          .byte(packed.count + 64 << 20),
          "more than 64 MiB of zeros after the gzip data, expected its end"))
    let broken = EndlessSource(Array(packed.prefix(14)), again: [0xff], size: 1 << 60)
    #expect(failure { _ = try rows(broken, "a.csv.gz") } != nil)
    // What is expected of the rest is beyond what a number of rows can be.
    let text = EndlessSource("1,2\n", "3,4\n", size: 1 << 60)
    #expect(throws: Never.self) {
      let file = try OpenedVectorFile(source: text, name: "a.csv").rows(as: Double.self)
      #expect(file.remainingRowsEstimate == 1 << 58)
    }
  }
}
