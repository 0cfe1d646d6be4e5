import Foundation
import Testing

/// Files as batches: which rows are in which.
@Suite struct FileBatchesTests {
  static func withFiles() -> Workplace {
    let place = Workplace.showing(columns: 2)
    place.write("x,y\n1,2\n3,4\n5,6\n7,8\n9,10\n", to: "a.csv")
    place.write(npyFile([11, 12, 13, 14, 15, 16] as [Double], columns: 2), to: "b.npy")
    place.write(gzipFile(Array("[17,18]\n(2,[0],[19])\n".utf8)), to: "c.spark.gz")
    return place
  }

  @Test func `each file is a batch, in the order given`() throws {
    let place = Self.withFiles()
    #expect(
      try place.batches("b.npy a.csv c.spark.gz b.npy")
        == [
          SeenBatch(3, mean: [13, 14]), SeenBatch(5, mean: [5, 6]), SeenBatch(2, mean: [18, 9]),
          SeenBatch(3, mean: [13, 14]),
        ])
  }

  @Test func `no batch has rows of two files`() throws {
    let place = Self.withFiles()
    #expect(
      try place.batches("a.csv b.npy c.spark.gz --batch-size 2")
        == [
          SeenBatch(2, mean: [2, 3]), SeenBatch(2, mean: [6, 7]), SeenBatch(1, mean: [9, 10]),
          SeenBatch(2, mean: [12, 13]), SeenBatch(1, mean: [15, 16]), SeenBatch(2, mean: [18, 9]),
        ])
    #expect(
      try place.batches("a.csv b.npy --batch-size 1").map(\.points) == .init(repeating: 1, count: 8)
    )
    #expect(try place.batches("a.csv b.npy --batch-size 5").map(\.points) == [5, 3])
    #expect(
      try place.batches("a.csv --batch-size 9223372036854775807") == [SeenBatch(5, mean: [5, 6])])
  }

  @Test func `a file without rows is a batch without points`() throws {
    let place = Self.withFiles()
    place.write(npyFile([], type: "<f8", shape: "(0, 2)"), to: "none.npy")
    place.write("", to: "empty.csv")
    place.write("x,y\n", to: "header.csv")
    place.write("NA,1\n1,NA\n2,inf\n", to: "skipped.csv")
    for size in ["", "--batch-size 5"] {
      #expect(
        try place.batches("a.csv none.npy empty.csv b.npy header.csv \(size)").map(\.points)
          == [5, 0, 0, 3, 0])
      // A later file says what the columns are.
      #expect(try place.batches("empty.csv header.csv a.csv \(size)").map(\.points) == [0, 0, 5])
      #expect(
        try place.batches("a.csv skipped.csv --on-invalid skip \(size)").map(\.points) == [5, 0])
    }
    #expect(try place.batches("header.csv --columns x,y").map(\.points) == [0])
    #expect(try place.batches("none.npy").map(\.points) == [0])
    #expect(try place.batches("empty.csv --dimension 2").map(\.points) == [0])
    // A header alone has as many columns as it names, unless something else says it.
    #expect(try place.batches("empty.csv header.csv").map(\.points) == [0, 0])
    place.write("key,x,y,z\n", to: "wide.csv")
    #expect(try place.batches("wide.csv a.csv wide.csv").map(\.points) == [0, 5, 0])
    #expect(try place.batches("wide.csv --dimension 2").map(\.points) == [0])
    #expect(try place.batches("wide.csv --key-column key --time-column z").map(\.points) == [0])
  }

  @Test func `files that say nothing of columns`() throws {
    let place = Self.withFiles()
    place.write("", to: "empty.csv")
    place.write("\n\n", to: "blank.csv")
    try place.expectFailure(
      65, "empty.csv: there are no rows to learn, nor in the files after it",
      "stream empty.csv blank.csv -k 1")
    try place.expectFailure(
      65, "empty.csv: there are no rows to learn", "stream empty.csv -k 1")
    // Initial centroids say it: these are two batches without points.
    #expect(try place.batches("empty.csv blank.csv").map(\.points) == [0, 0])
    try place.expectFailure(
      65, "standard input: no rows: the file is empty", "stream - -k 1 --init zero.csv")
  }

  /// What is left out behind the last row is of its batch: there is no batch of nothing.
  @Test(arguments: ["s.csv", "-"]) func `rows that are left out are of a batch`(input: String)
    throws
  {
    let place = Workplace.showing(columns: 2)
    let text = "NA,0\n1,2\n?,3\n4,5\n6,7\n8,9\nNA,NA\n,1\n"
    place.write(text, to: "s.csv")
    let command = "\(input) --on-invalid skip --columns 1,2 --batch-size 2"
    #expect(
      try place.batches(command, input: text)
        == [SeenBatch(2, mean: [2.5, 3.5]), SeenBatch(2, mean: [7, 8])])
    let lines = try place.stream(
      "\(command) -k 1 --init zero.csv --predictions - --quiet", input: text
    ).text.split(separator: "\n").dropFirst()
    #expect(
      lines.map { $0.hasPrefix("-1") } == [true, false, true, false, false, false, true, true])
    let facts = try place.facts("\(command) -k 1 --init zero.csv", input: text)
    #expect(facts.batches == 2 && facts.points == 4 && facts.skippedRows == 4)
  }

  @Test func `rows that are left out are told by their numbers in the file`() throws {
    let place = Workplace.showing(columns: 1)
    place.write("1\nNA\n3\n4\nNA\n5\nNA\n", to: "s.csv")
    let outcome = try place.stream(
      "s.csv --on-invalid skip --batch-size 2 -k 1 --init zero.csv --json")
    let end = "left out, for a value is missing or no finite number:"
    #expect(
      outcome.errors
        == "s.csv: 1 row is \(end) 2 (rows count from 1)\n"
        + "s.csv: 2 rows are \(end) 5, 7 (rows count from 1)\n")
  }

  @Test func `the first file says the precision`() throws {
    let place = Self.withFiles()
    place.write(npyFile([1, 2] as [Float], columns: 2), to: "f.npy")
    for (command, precision) in [
      ("f.npy a.csv", "float"), ("a.csv f.npy", "double"), ("b.npy --precision float", "float"),
      ("f.npy --precision double", "double"), ("f.npy --compat spark", "double"),
    ] {
      #expect(try place.facts("\(command) -k 1 --init zero.csv").precision == precision)
    }
  }

  @Test func `another number of columns`() throws {
    let place = Self.withFiles()
    place.write("1,2,3\n", to: "three.csv")
    try place.expectFailure(
      65, "three.csv: points of 3 columns, expected 2 as in b.npy; --columns chooses some",
      "stream b.npy three.csv -k 1 --init zero.csv --quiet")
    place.write("", to: "empty.csv")
    try place.expectFailure(
      65, "b.npy: points of 2 columns, expected 3 as in three.csv",
      "stream empty.csv three.csv b.npy -k 1 --init gaussian --quiet")
    // The same columns of each file.
    #expect(try place.batches("b.npy three.csv --columns 1,2").map(\.mean) == [[13, 14], [1, 2]])
  }

  @Test func `every file has to be there before the first is learnt`() throws {
    let place = Self.withFiles()
    #expect(try place.shell("mkdir folder").status == 0)
    _ = try place.kmeans("fit", "a.csv", "-k", "1", "--model", "m")
    let outputs = "-k 1 --init zero.csv --trace t.jsonl --predictions p.csv --model out"
    for (name, status, problem) in [
      ("no.csv", Int32(74), "cannot open: No such file or directory"),
      ("folder", 74, "cannot read: Is a directory"),
      ("m", 65, "expected points, found a k-means model"),
    ] {
      try place.expectFailure(
        status, "\(name): \(problem)", "stream a.csv \(name) b.npy \(outputs)")
    }
  }
}
