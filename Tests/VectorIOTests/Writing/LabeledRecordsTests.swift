import Foundation
import KMeansFiles
import Testing
import VectorIO

/// Text that is copied with a label behind each record.
@Suite struct LabeledRecordsTests {
  let folder = Folder()

  /// Copies a text under one name to another name.
  private func copy(
    _ text: String, _ labels: [Int32], from input: String = "in.csv", to output: String = "out.csv",
    columns: ColumnSelection = .numeric
  ) throws -> String {
    let isPacked = input.hasSuffix(".gz")
    let path = try folder.write(
      isPacked ? gzipMember(Array(text.utf8)) : Array(text.utf8), to: input)
    let info = try OpenedVectorFile(path, options: ReadingOptions(columns: columns)).info
    let count = try writeRecords(of: path, info, labels: labels, to: folder.file(output))
    #expect(try folder.bytes(of: output).count == count)
    #expect(folder.names == [input, output].sorted())
    guard output.hasSuffix(".gz") else {
      return String(decoding: try folder.bytes(of: output), as: UTF8.self)
    }
    let unpacked = try #require(unzipped(try folder.bytes(of: output)))
    return String(decoding: unpacked, as: UTF8.self)
  }

  /// The records and what they become; without the last column they are as they were.
  @Test(arguments: [
    ("1,2\n3,4\n", "1,2,7\n3,4,-1\n"),
    ("x,y\n1,2\n3,4\n", "x,y,cluster\n1,2,7\n3,4,-1\n"),
    ("1,2\r\n3,4\r\n", "1,2,7\r\n3,4,-1\r\n"),
    ("1,2\n3,4", "1,2,7\n3,4,-1"),
    ("\n\nx,y\n \n1,2\n\r\n3,4\n\n", "\n\nx,y,cluster\n \n1,2,7\n\r\n3,4,-1\n\n"),
    ("\u{feff}x\n1\n2\n", "\u{feff}x,cluster\n1,7\n2,-1\n"),
    (
      "n,\"a,b\"\n1,\"say \"\"hi\"\"\"\n2,\"two\r\nlines\"\r\n",
      "n,\"a,b\",cluster\n1,\"say \"\"hi\"\"\",7\n2,\"two\r\nlines\",-1\r\n"
    ),
    ("1;2,5\n2;3,5\n".replacingOccurrences(of: ",", with: "."), "1;2.5;7\n2;3.5;-1\n"),
    ("1\t2\n3\t4\n", "1\t2\t7\n3\t4\t-1\n"),
    (" 1 , 2\n3,4 \n", " 1 , 2,7\n3,4 ,-1\n"),
    ("1,é\n2,\u{1F600}\n", "1,é,7\n2,\u{1F600},-1\n"),
  ])
  func `records are copied as they are`(_ text: String, _ expected: String) throws {
    #expect(try copy(text, [7, -1]) == expected)
    #expect(try copy(text, [7, -1], from: "out.csv", to: "in.csv") == expected)
  }

  @Test func `packed on either side`() throws {
    let folders = [("in.csv.gz", "out.csv"), ("in.csv", "out.csv.gz"), ("in.csv.gz", "o.csv.gz")]
    for (input, output) in folders {
      let found = try LabeledRecordsTests().copy("x\n1\n2\n", [7, -1], from: input, to: output)
      #expect(found == "x,cluster\n1,7\n2,-1\n")
    }
  }

  @Test func `from commas to tabs and back`() throws {
    #expect(
      try copy(
        "n,t\r\n1,a b\n2,\"c,d\"\n3,e\tf\n4,g\"\th\n5,\"i \"\"j\"\"\"\n6,", [0, 1, 2, 3, 4, 5],
        to: "out.tsv", columns: .listed(["1"]))
        == "n\tt\tcluster\r\n1\ta b\t0\n2\t\"c,d\"\t1\n3\t\"e\tf\"\t2\n4\t\"g\"\"\th\"\t3\n"
        + "5\t\"i \"\"j\"\"\"\t4\n6\t\t5")
    let again = LabeledRecordsTests()
    #expect(
      try again.copy("1\ta,b\n2\t\"c\td\"\n", [0, 1], from: "in.tsv")
        == "1,\"a,b\",0\n2,\"c\td\",1\n")
    let doubled = LabeledRecordsTests()
    #expect(
      try doubled.copy("1,\"a\"\"b,c\"\n2,\"\"\"\"\n", [0, 1], to: "out.tsv")
        == "1\t\"a\"\"b,c\"\t0\n2\t\"\"\"\"\t1\n")
    let semicolons = LabeledRecordsTests()
    #expect(
      try semicolons.copy("1;\"a;b\"\n2;c\n", [0, 1], to: "out.tsv") == "1\t\"a;b\"\t0\n2\tc\t1\n")
  }

  /// Many records of all kinds, against splitting and joining by hand.
  @Test func `many records`() throws {
    let fields = ["", "a", "\"b,c\"", "\"\"\"\"", "\"x\ny\"", " d ", "e\"f"]
    var state: UInt64 = 3
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    var (text, expected) = ("", "")
    var labels: [Int32] = []
    for row in 0..<20_000 {
      let record = "\(row),\(fields[next(7)]),\(fields[next(7)])"
      let ending = ["\n", "\r\n", "\n\n"][next(3)]
      labels.append(Int32(next(100)) - 1)
      text += record + ending
      expected += "\(record),\(labels[row])\(ending)"
    }
    #expect(try copy(text, labels, columns: .listed(["1"])) == expected)
  }

  @Test(
    arguments: [
      ([1, 2, 3], "there are 2 rows, expected 3"),
      ([], "there are more rows, expected 0 as before"),
      ([1], "there are more rows, expected 1 as before"),
    ] as [([Int32], String)])
  func `another number of records than labels`(_ labels: [Int32], _ problem: String) throws {
    let path = try folder.write(Array("1,2\n3,4\n".utf8), to: "in.csv")
    let old = try folder.write([1], to: "out.csv")
    let info = try OpenedVectorFile(path).info
    #expect(
      failure { _ = try writeRecords(of: path, info, labels: labels, to: old) }
        == .malformed(
          path: path, place: .wholeFile,
          problem: "the file changed while it was used: read a second time, \(problem)"))
    #expect(try folder.bytes(of: "out.csv") == [1])
    #expect(folder.names == ["in.csv", "out.csv"])
  }

  @Test func `what is not delimited text`() throws {
    let path = try folder.write(npy(shape: "(1,)", data: [0, 0, 0, 0]), to: "a.npy")
    let info = try OpenedVectorFile(path).info
    #expect(
      failure { _ = try writeRecords(of: path, info, labels: [0], to: folder.file("o.csv")) }
        == .unusable(path: path, problem: "npy has no text to copy"))
    let text = try folder.write([0x31], to: "a.csv")
    let target = folder.file("o.npy")
    #expect(
      failure {
        _ = try writeRecords(of: text, OpenedVectorFile(text).info, labels: [0], to: target)
      }
        == .unusable(
          path: target, problem: "records are copied to a name that ends in .csv or .tsv"))
  }

  /// What one gzip member unpacks to, by reading it as bytes.
  private func unzipped(_ packed: [UInt8]) throws -> [UInt8]? {
    let size = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    let path = try folder.write(
      packed + gzipMember([UInt8](repeating: 0, count: (4 - size % 4) % 4)), to: "copy.f32.gz")
    defer { try? FileManager.default.removeItem(atPath: path) }
    var file = try VectorFile<Float>(path, options: ReadingOptions(dimension: 1))
    let matrix = try Matrix(reading: &file)
    let all = matrix.span.bytes.withUnsafeBytes { Array($0) }
    return Array(all.prefix(size))
  }
}
