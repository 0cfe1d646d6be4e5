import KMeansFiles
import Testing
import VectorIO

/// Text that would be misread in silence, or slowly, by a careless reader.
@Suite struct HostileTextTests {
  static let loneReturn =
    "a carriage return without a line feed; expected lines that end in LF or CR LF"

  @Test func `mixed line ends`() throws {
    try expectRows(
      [[1, 2], [3, 4], [5, 6], [7, 8]], of: "1,2\n3,4\r\n\r\n5,6\n\"7\",8\r\n", name: "a.csv")
    // Within quotes a return is a character.
    try expectRows([[1], [2]], of: "\"a\rb\",1\n\"\r\",2\r\n", name: "a.csv")
  }

  @Test(arguments: [
    ("1,2\r3,4\r5,6\r", 1), ("1,2\n3,4\r5,6\n", 2), ("1,2\r\r\n3,4\n", 1),
    // Two records in each line, of which the last column would be numbers.
    ("a,1\rb,2\nc,3\rd,4\n", 1), ("\"1\",2\n3,\"4\"\r5,6\n", 2), ("\"1\r\n\",2\n\"3\"\r,4\n", 3),
    ("1,2\n\r3,4\n", 2),
  ])
  func `a return alone is refused`(text: String, line: Int) {
    expectError(.line(line), Self.loneReturn, of: text, name: "a.csv")
    expectError(
      .line(line), Self.loneReturn, of: text.replacing(",", with: "\t"), name: "a.tsv",
      options: .init(columns: .init("1"), onInvalid: .skip))
  }

  @Test func `a return alone behind the sample is refused`() {
    let good = String(repeating: "1\n", count: 3000)
    for onInvalid in [InvalidRows.error, .mean] {
      #expect(
        failure { _ = try rows(good + "2\r3\n", options: .init(onInvalid: onInvalid)) }
          == malformed(.line(3001), Self.loneReturn))
    }
    // Another line of 3,000 rows is left out.
    #expect(throws: Never.self) {
      _ = try rows(good + "2\r3\n", options: .init(onInvalid: .skip))
    }
  }

  @Test func `other encodings are named`() {
    for name in ["a.csv", "a.tsv", "a.libsvm", "a.spark", "a"] {
      for mark: [UInt8] in [[0xff, 0xfe], [0xfe, 0xff]] {
        #expect(
          failure { _ = try rows(mark + [0x31, 0, 0x0a, 0], name: name) as [[Double]] }
            == malformed(
              .byte(0), "this is UTF-16 text, by its byte order mark; expected UTF-8"))
      }
    }
    for name in ["a.libsvm", "a.spark"] {
      #expect(
        failure { _ = try rows(gzipMember(gzipMember([])), name: name) as [[Double]] }
          == malformed(.byte(0), "this is gzip data within gzip data"))
    }
    #expect(
      failure { _ = try rows("1\n\0", name: "a") as [[Double]] }
        == malformed(.line(2), "a NUL byte at byte 2 of the file; expected text"))
  }

  @Test(
    arguments: [
      ("-0", -0.0), ("-0.0e5", -0.0), ("0", 0), ("+5", 5), (".5", 0.5), ("5.", 5), ("+.5e+1", 5),
      ("1e-999", 0), ("-1e-999", -0.0), ("1E2", 100), ("0000000000000000000000000001", 1),
      ("1\(String(repeating: "0", count: 5000))e-5000", 1),
      ("0.\(String(repeating: "0", count: 5000))1e5001", 1),
      ("1e00000000000000000000000000000000002", 100),
    ] as [(String, Double)])
  func `is read`(field: String, value: Double) throws {
    try expectRows([[1, value], [3, 4]], of: "1,\(field)\n3,4\n", name: "a.csv", kinds: [.file])
    try expectRows([[value]], of: "1 1:\(field)\n", name: "a.svm", kinds: [.file])
    try expectRows([[value]], of: "[\(field)]\n", name: "a.spark", kinds: [.file])
  }

  /// What differs is said.
  private static let large = "a number that a 64-bit float can hold"
  private static let digits = "a number in decimal digits"

  @Test(arguments: [
    ("1e999", large), ("-1e999", large), ("1e99999999999999999999", large),
    ("INF", "a finite number"), ("+inf", "a finite number"), ("-infinity", "a finite number"),
    ("+NaN", "a finite number"), ("0x10", digits), ("-0X1p3", digits), ("0x", ""), ("1_000", ""),
    ("1e", ""), ("1e+", ""), ("e5", ""), (".", ""), ("+", ""),
    ("-", ""),
    ("+-1", ""), ("1.2.3", ""), ("1d5", ""), ("1f", ""), ("\u{661}", ""),
    ("\u{2212}1", "a number with the minus sign of ASCII"), ("\u{2212}one", ""),
    ("1'000", ""),
    ("nan(0)", ""), ("infinit", ""), ("1.#INF", ""), ("\u{221e}", ""), ("1 000", ""), ("NA", ""),
  ])
  func `is refused`(field: String, expected: String) {
    let problem = "expected \(expected.isEmpty ? "a number" : expected), found '\(field)'"
    expectError(
      .field(line: 2, column: 2), problem, of: "1,2\n3,\(field)\n", name: "a.csv",
      options: .init(columns: .init("1,2")))
    // A blank, a bracket or a comment ends a number there.
    guard !field.contains(where: { " (#".contains($0) }) else { return }
    expectError(.field(line: 1, column: 4), problem, of: "[1,\(field)]\n", name: "a.spark")
    expectError(.field(line: 1, column: 5), problem, of: "1 1:\(field)\n", name: "a.svm")
  }

  /// Numbers with a decimal comma are neither two numbers nor a column to leave out.
  @Test(arguments: [
    ("1,5;2,5\n3,5;4\n", 1, 1, "1,5"), ("x;y\n1,5;2\n3,5;4\n", 2, 1, "1,5"),
    ("x;y\n1;-2\n3;-1,25e2\n", 3, 2, "-1,25e2"), ("x;y\n1,5;2,5\n", 2, 1, "1,5"),
    ("\r\n7;1,5\r\n8;2,5\r\n", 2, 2, "1,5"), ("1;\"1,5\"\n2;3\n", 1, 2, "1,5"),
  ])
  func `decimal commas`(text: String, line: Int, column: Int, field: String) {
    let name =
      text.hasPrefix("x;y\n1,5;2\n") ? " for 'x'" : text.hasPrefix("x;y\n1;") ? " for 'y'" : ""
    let problem = "expected a number with a decimal point\(name), found '\(field)'"
    expectError(.field(line: line, column: column), problem, of: text, name: "a.csv")
    expectError(
      .field(line: line, column: column), problem, of: text.replacing(";", with: "\t"),
      name: "a.tsv")
  }

  @Test func `commas that separate still`() throws {
    #expect(try rows("a;b,1\nc;d,2\n") == [[1], [2]])
    #expect(try rows("1,x;y,2\n3,z,4\n") == [[1, 2], [3, 4]])
    #expect(try rows("\"a;b\",1.5\nc,2\n") == [[1.5], [2]])
    // Text with commas in it, beside numbers.
    #expect(try rows("a,b\t1\n2,5\t2\n", name: "a.tsv") == [[1], [2]])
    // A stray one is skipped like other text.
    #expect(
      try rows("1;2\n3;4\n5,5;6\n", options: .init(onInvalid: .skip)) == [[1, 2], [3, 4]])
  }

  @Test func `a field of 16 MiB`() throws {
    let digits = String(repeating: "3", count: 16 << 20)
    #expect(try rows("0.\(digits),2\n3,4\n") == [[1 / 3, 2], [3, 4]])
    #expect(
      failure { _ = try rows("1,2\n\(digits),4\n") }
        == malformed(
          .field(line: 2, column: 1),
          "expected a number that a 64-bit float can hold, found '\(String(repeating: "3", count: 40))...'"
        ))
    #expect(
      try rows("1,2\n\(digits),4\n5,6\n", options: .init(onInvalid: .skip)) == [[1, 2], [5, 6]])
  }

  @Test func `a record of a million fields`() throws {
    let count = 1_000_000
    let line = (0..<count).map { "\($0 & 1023)" }.joined(separator: ",") + "\n"
    for (text, windowSize) in [
      (line + line, 1 << 18), (line, 7), (line.replacing("\n", with: ",\"1\"\n"), 99),
    ] {
      let found = try rows(text, windowSize: windowSize)
      #expect((0..<count).allSatisfy { found[found.count - 1][$0] == Double($0 & 1023) })
    }
  }
}
