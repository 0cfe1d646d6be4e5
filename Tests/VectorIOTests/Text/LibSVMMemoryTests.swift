import Foundation
import KMeansFiles
import Testing
import VectorIO

/// A few bytes of libsvm may ask for more memory than there is, and lines may be long.
@Suite struct LibSVMMemoryTests {
  /// What a few bytes ask for is refused before memory is taken for it.
  @Test func `rows that do not fit into memory are refused`() {
    let memory = ProcessInfo.processInfo.physicalMemory
    let limit = "\((Double(memory) / 1e9).rounded())".dropLast(2)
    var lines = Array(repeating: "1 1:2\n", count: 120)
    lines[6] = "1 3000000000:1\n"
    let places: [(String, FileError.Place, String, String)] = [
      (
        lines.joined(), .line(7), "index 3000000000 makes rows of 3000000000",
        "120 rows take 2.9 TB"
      ),
      (
        "0:1\n9000000000000000000:1\n", .line(2),
        "index 9000000000000000000 makes rows of 9000000000000000001", "2 rows take 144 EB"
      ),
    ]
    guard memory > 10 << 30, memory < 900 << 30 else { return }
    for (text, place, cause, taken) in places {
      #expect(
        failure { _ = try info(text, name: "a.svm") }
          == malformed(
            place, "\(cause) values: \(taken) as dense doubles, expected at most \(limit) GB"))
    }
    let dimension = Int(memory / 16)
    for kind in [MemorySource.Kind.file, .pipe] {
      let error = failure {
        _ =
          try rows(
            "1 1:1\n", name: "a.svm", options: .init(dimension: dimension), kind: kind)
          as [[Double]]
      }
      let text = error?.description ?? ""
      #expect(
        text.hasPrefix("memory: a dimension of \(dimension) makes rows of \(dimension) values: "))
      #expect(
        text.contains(": a row takes ") && text.contains(" as dense doubles, expected at most"))
    }
  }

  /// One such line of many is a malformed row where these are left out.
  @Test func `a line that does not fit into memory is left out where that is asked for`() throws {
    let text = "1 1:2 3:4\n1 2:5\n0 3000000000:1\n1 3:1\n"
    let memory = ProcessInfo.processInfo.physicalMemory
    guard memory < 300 << 30 else { return }
    let file = try OpenedVectorFile(
      source: MemorySource(Array(text.utf8)), name: "a.svm",
      options: ReadingOptions(onInvalid: .skip)
    ).rows(as: Double.self)
    var matrix = try Matrix<Double>(reserving: 9, columns: 3)
    while try matrix.append(atMost: 9 - matrix.rows, by: { try file.read(into: &$0) }) > 0 {}
    #expect(matrix.rowArrays == [[2, 0, 4], [0, 5, 0], [0, 0, 1]])
    #expect(Array(file.skippedRows) == [2])
  }

  /// A line of 16 MiB, of many values and of one.
  @Test func `long lines`() throws {
    let count = 1 << 20
    let many = "1 " + (1...count).map { "\($0):\($0 & 63)" }.joined(separator: " ") + "\n"
    let found = try rows(many + "2 1:1\n", name: "a.svm")
    #expect(found.count == 2 && found[0].count == count && found[1][0] == 1)
    #expect((1...count).allSatisfy { found[0][$0 - 1] == Double($0 & 63) })
    let digits = String(repeating: "3", count: 16 << 20)
    #expect(try rows("1 1:0.\(digits)\n", name: "a.svm") == [[1 / 3]])
    #expect(try rows("1 1:2 #\(digits)\n2 1:3\n", name: "a.svm") == [[2], [3]])
  }
}
