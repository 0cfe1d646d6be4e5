import Foundation
import Testing

/// `--append-labels`: the rows of the input with their labels behind them.
@Suite struct AppendLabelsTests {
  /// Columns of text, quotes, blank lines and Windows line ends.
  static let text =
    "id,\"x\",y\r\n\"a, \"\"1\"\"\",1,2\r\n\r\nb,1.5,2\r\nc,10,11\r\n\"d\n\",10,12"

  /// Fits and assigns, which must find the same labels.
  static func commands(_ input: String, _ output: String) -> [[String]] {
    [
      ["fit", input, "-k", "2", "--init", "start.npy", "--labels", "l.csv"],
      ["assign", input, "--centroids", "start.npy", "--labels", "l.csv"],
    ].map { $0 + ["--append-labels", output, "--quiet"] }
  }

  static func run(_ command: [String], in place: Workplace) throws {
    let outcome = try place.run(Program.kmeans, command)
    #expect(outcome.status == 0)
    #expect(outcome.text == "" && outcome.errors == "")
    #expect(try place.text("l.csv", under: "cluster") == Sample.labels)
  }

  @Test func `text is copied as it is`() throws {
    let place = Workplace.withSample()
    place.write(Self.text, to: "t.csv")
    for command in Self.commands("t.csv", "o.csv") {
      try Self.run(command, in: place)
      #expect(
        try place.text("o.csv")
          == "id,\"x\",y,cluster\r\n\"a, \"\"1\"\"\",1,2,0\r\n\r\nb,1.5,2,0\r\nc,10,11,1\r\n"
          + "\"d\n\",10,12,1")
    }
    for command in Self.commands("t.csv", "o.tsv") {
      try Self.run(command, in: place)
      #expect(
        try place.text("o.tsv")
          == "id\t\"x\"\ty\tcluster\r\n\"a, \"\"1\"\"\"\t1\t2\t0\r\n\r\nb\t1.5\t2\t0\r\nc\t10\t11\t1\r\n"
          + "\"d\n\"\t10\t12\t1")
    }
  }

  @Test func `from tabs to commas, and packed`() throws {
    let place = Workplace.withSample()
    place.write("1\t2\ta,b\n1.5\t2\tc\n10\t11\td\n10\t12\te\n", to: "t.tsv")
    place.write(gzipFile(Array(Sample.csv.utf8)), to: "t.csv.gz")
    for command in Self.commands("t.tsv", "o.csv") {
      try Self.run(command, in: place)
      #expect(
        try place.text("o.csv") == "1,2,\"a,b\",0\n1.5,2,c,0\n10,11,d,1\n10,12,e,1\n")
    }
    for command in Self.commands("t.csv.gz", "o.csv.gz") {
      try Self.run(command, in: place)
      #expect(
        try place.shell("gzip -dc o.csv.gz").text
          == "x,y,cluster\n1,2,0\n1.5,2,0\n10,11,1\n10,12,1\n")
    }
  }

  @Test func `numbers go to the other formats`() throws {
    let place = Workplace.withSample()
    place.write(Self.text, to: "t.csv")
    let doubles: [Double] = [1, 2, 0, 1.5, 2, 0, 10, 11, 1, 10, 12, 1]
    for input in ["a.npy", "t.csv"] {
      for command in Self.commands(input, "o.npy") {
        try Self.run(command, in: place)
        #expect(try place.bytes("o.npy") == npyFile(doubles, columns: 3))
      }
      for command in Self.commands(input, "o.f32") {
        try Self.run(command + ["--precision", "float"], in: place)
        #expect(try place.bytes("o.f32") == bytes(doubles.map { Float($0) }))
      }
    }
    for command in Self.commands("a.npy", "o.csv") {
      try Self.run(command, in: place)
      #expect(try place.text("o.csv") == "1.0,2.0,0.0\n1.5,2.0,0.0\n10.0,11.0,1.0\n10.0,12.0,1.0\n")
    }
  }

  /// More rows than a block of an assignment has.
  @Test func `they agree with --labels`() throws {
    let place = Workplace()
    let values = TestRandom.values(9 * 1_200_000, seed: 11)
    place.write(npyFile(values, columns: 9), to: "p.npy")
    place.write(npyFile(Array(values[..<27]), columns: 9), to: "c.npy")
    let outcome = try place.kmeans(
      "assign", "p.npy", "--centroids", "c.npy", "--labels", "l.npy", "--append-labels", "o.f32")
    #expect(outcome.status == 0)
    let rows = try place.bytes("o.f32").withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    let labels = try place.bytes("l.npy").dropFirst(128).withUnsafeBytes {
      Array($0.bindMemory(to: Int32.self))
    }
    #expect(rows.count == 10 * 1_200_000 && labels.count == 1_200_000)
    #expect(Set(labels) == [0, 1, 2])
    let isSame = labels.indices.allSatisfy { row in
      rows[10 * row + 9] == Float(labels[row])
        && rows[10 * row..<10 * row + 9] == values[9 * row..<9 * row + 9]
    }
    #expect(isSame)
  }

  /// No file gets two columns of one name, of which nobody could choose one again.
  @Test func `a name that a column has already`() throws {
    let place = Workplace.withSample()
    place.write("x,y,cluster\n1,2,1\n1.5,2,1\n10,11,0\n10,12,0\n", to: "t.csv")
    for command in ["fit t.csv -k 2", "assign t.csv --centroids start.npy"] {
      let taken = "\(command) --columns x,y --append-labels o.csv --quiet"
      try place.expectFailure(
        64,
        "--append-labels o.csv: column 3 of t.csv is called 'cluster' already: expected "
          + "--label-column NAME with another name for the labels", taken)
      try place.expectFailure(
        64,
        "--append-labels o.csv: column 1 of t.csv is called 'x' already: expected "
          + "--label-column NAME with another name for the labels", "\(taken) --label-column x")
      let words = taken.split(separator: " ").map(String.init) + ["--label-column", "new, 2"]
      let outcome = try place.run(
        Program.kmeans, words + (command.hasPrefix("fit") ? ["--init", "start.npy"] : []))
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        try place.text("o.csv")
          == "x,y,cluster,\"new, 2\"\n1,2,1,0\n1.5,2,1,0\n10,11,0,1\n10,12,0,1\n")
      // Numbers have no names, and a text without any gets none.
      _ = try place.shell("tail -n +2 t.csv >n.csv")
      for (input, output, found) in [
        ("t.csv", "o.npy", "that o.npy has none"), ("n.csv", "p.csv", "none in n.csv"),
        ("a.npy", "p.csv", "none in a.npy"),
      ] {
        let line =
          "--label-column new: expected text with names of columns as input and as output, found "
        try place.expectFailure(
          64, line + found,
          command.replacing("t.csv", with: input)
            + " --columns 1-2 --append-labels \(output) --label-column new --quiet")
      }
      place.write(Array("old".utf8), to: "o.csv")
    }
    try place.expectFailure(
      64, "--label-column new: expected --append-labels OUT; see 'kmeans fit --help'",
      "fit a.csv -k 2 --label-column new")
  }

  @Test func `a column of weights was not clustered, but is part of the record`() throws {
    let place = Workplace.withSample()
    place.write("x,w,y\n1,3,2\n1.5,1,2\n10,1,11\n10,1,12\n", to: "w.csv")
    let fit = ["fit", "w.csv", "-k", "2", "--init", "start.npy", "--point-weights", "w", "--quiet"]
    #expect(
      try place.run(Program.kmeans, fit + ["--append-labels", "o.csv"]).status == 0)
    #expect(
      try place.text("o.csv") == "x,w,y,cluster\n1,3,2,0\n1.5,1,2,0\n10,1,11,1\n10,1,12,1\n")
    #expect(try place.run(Program.kmeans, fit + ["--append-labels", "o.spark"]).status == 0)
    #expect(
      try place.text("o.spark")
        == "[1.0,2.0,0.0]\n[1.5,2.0,0.0]\n[10.0,11.0,1.0]\n[10.0,12.0,1.0]\n")
  }

  @Test func `a pipe has numbers, but no second reading`() throws {
    let place = Workplace.withSample()
    for command in Self.commands("-", "o.csv") {
      try place.expectFailure(
        64,
        "--append-labels o.csv: copying the records of text takes reading them twice, and standard "
          + "input is no file: expected a file as input, or an output of numbers such as .npy",
        command, input: Array(Sample.csv.utf8))
    }
    for command in Self.commands("-", "o.spark") {
      let outcome = try place.run(Program.kmeans, command, input: Array(Sample.csv.utf8))
      #expect(outcome.status == 0)
      #expect(
        try place.text("o.spark")
          == "[1.0,2.0,0.0]\n[1.5,2.0,0.0]\n[10.0,11.0,1.0]\n[10.0,12.0,1.0]\n")
    }
    let outcome = try place.run(
      Program.kmeans, Self.commands("-", "o.csv")[1], input: Sample.npy)
    #expect(outcome.status == 0)
  }

  @Test(arguments: [
    Wrong("fit a.csv -k 2 --append-labels -", "--append-labels -: expected a file", 64),
    Wrong(
      "fit a.csv -k 2 --append-labels a.csv",
      "--append-labels a.csv: expected another file than the input a.csv", 64),
    Wrong(
      "assign a.csv --centroids start.npy --append-labels start.npy",
      "--append-labels start.npy: expected another file than the input start.npy", 64),
    Wrong(
      "assign a.csv --centroids start.npy --append-labels o.csv --labels ./o.csv",
      "o.csv is named for two outputs, expected a file for each", 64),
    Wrong(
      "fit a.csv -k 2 --append-labels o.txt",
      "--append-labels 'o.txt': expected a name that ends in .npy, .csv, .tsv, .f32, .fvecs, .bvecs, "
        + ".ivecs, .fbin, .u8bin, .i8bin, .safetensors, .idx, .libsvm, .spark, .mtx, .docword or "
        + ".npz, or that and .gz",
      64),
    Wrong(
      "assign a.csv --centroids start.npy --append-labels o.bvecs",
      "o.bvecs: the value 1.5 in row 2, column 1 cannot be written: bvecs holds whole numbers from 0 "
        + "to 255 (rows and columns count from 1)"),
  ])
  func `what cannot be`(_ wrong: Wrong) throws { try wrong.check(in: .withSample()) }

  /// A file that grows while it is clustered: its new rows have no labels.
  @Test func `a file that changes meanwhile`() throws {
    let place = Workplace.withSample()
    place.write(npyFile([Float(1)], columns: 1), to: "c.npy")
    place.write(String(repeating: "1\n2\n", count: 2_000_000), to: "t.csv")
    place.write("old", to: "o.csv")
    // It may end before anybody can change the file.
    for _ in 0..<10 {
      let outcome = try Self.assignWhileItGrows(place)
      if outcome.status == 0 {
        place.write("old", to: "o.csv")
        continue
      }
      #expect(outcome.status == 65)
      let problem = #/there are more rows, expected \d+ as before\n/#
      let start = "kmeans: t.csv: the file changed while it was used: read a second time, "
      #expect(outcome.errors.hasPrefix(start))
      #expect(outcome.errors.dropFirst(start.count).wholeMatch(of: problem) != nil)
      #expect(try place.text("o.csv") == "old")
      return
    }
    Issue.record("the file never changed in time")
  }

  private static func assignWhileItGrows(_ place: Workplace) throws -> Outcome {
    let running = try Running(
      Program.kmeans,
      ["assign", "t.csv", "--centroids", "c.npy", "--append-labels", "o.csv"], in: place)
    // The copy begins when the reading is done.
    while running.isRunning, !place.names.contains(where: { $0.hasPrefix(".o.csv") }) {}
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(place.path)/t.csv"))
    try file.seekToEnd()
    try file.write(contentsOf: Data("3\n".utf8))
    return running.wait()
  }
}
