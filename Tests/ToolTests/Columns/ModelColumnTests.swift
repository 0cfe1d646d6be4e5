import Clustering
import KMeansFiles
import KMeansLinearAlgebra
import Testing

/// Models remember the columns of their points, and no other columns are taken for them.
@Suite struct ModelColumnTests {
  static let table = "a,b\n0,1\n1,0\n10,9\n9,10\n"
  static let swapped = "b,a\n1,0\n0,1\n9,10\n10,9\n"

  static func withModel() throws -> Workplace {
    let place = Workplace()
    place.write(table, to: "ab.csv")
    place.write(swapped, to: "ba.csv")
    #expect(try place.kmeans("fit", "ab.csv", "-k", "2", "--model", "m", "--quiet").status == 0)
    return place
  }

  @Test func `columns are found by their names, in any order and beside others`() throws {
    let place = try Self.withModel()
    place.write("id,b,kind,a\n1,1,x,0\n2,0,y,1\n3,9,x,10\n4,10,z,9\n", to: "more.csv")
    let expected = try place.kmeans("assign", "ab.csv", "--model", "m")
    #expect(Set(expected.text.split(separator: "\n")) == ["0", "1"])
    for file in ["ba.csv", "more.csv"] {
      #expect(try place.kmeans("assign", file, "--model", "m").text == expected.text)
      let measured = try ReportTests.object(
        place.kmeans("evaluate", file, "--model", "m", "--json", "--quiet"))
      #expect(measured["inertia"] as? Double == 2)
      let fit = try place.kmeans("fit", file, "-k", "2", "--init", "m", "--labels", "-", "--quiet")
      #expect(fit.text == expected.text)
      let stream = try place.kmeans("stream", file, "-k", "2", "--init", "m")
      #expect(stream.status == 0 && stream.text.contains("4 points"))
    }
    let piped = try place.shell("\"$KMEANS\" assign - --model m < ba.csv")
    #expect(piped.text == expected.text)
  }

  /// As the C interface and the Python package save streams whose columns have names.
  @Test func `a stream that a program has saved knows its columns`() throws {
    let place = try Self.withModel()
    var parameters = StreamingParameters(clusterCount: 2, seed: 1)
    parameters.start = .firstRows(4)
    var stream = StreamingKMeans<Float>(parameters)
    _ = try stream.update(Matrix([[0, 1], [1, 0], [10, 9], [9, 11]]))
    var archive = stream.archive
    InputColumns(format: "table", fileColumns: 2, names: ["a", "b"]).write(to: &archive)
    place.write(archive.encoded(), to: "s")
    let expected = try place.kmeans("assign", "ab.csv", "--model", "s")
    place.write("id,b,a\n7,0.25,0\n8,9,12\n", to: "far.csv")
    let far = try place.kmeans("assign", "far.csv", "--model", "s")
    #expect(far.errors.hasPrefix("far.csv: 2 of 3 columns are selected: 'a', 'b'\n"))
    #expect(far.text == "0\n1\n" || far.text == "1\n0\n")
    #expect(expected.text.hasPrefix(far.text.prefix(2)))
    #expect(try place.kmeans("assign", "ba.csv", "--model", "s").text == expected.text)
  }

  @Test func `100 orders of the columns get the same labels`() throws {
    let place = Workplace()
    var random = TestRandom(7)
    let names = ["0", "age", "income (EUR)", "a,b", "UPPER", "x-y", "7", "tenure"]
    let rows = (0..<40).map { row in
      names.indices.map { Double(row % 4 * ($0 % 3) * 10) + random.bell() }
    }
    func write(_ order: [Int], to file: String) {
      let lines =
        [order.map { "\"\(names[$0])\"" }] + rows.map { row in order.map { "\(row[$0])" } }
      place.write(lines.map { $0.joined(separator: ",") + "\n" }.joined(), to: file)
    }
    write(Array(names.indices), to: "first.csv")
    let fit = try place.kmeans(
      "fit", "first.csv", "-k", "4", "--header", "yes", "--standardize", "--model", "m", "--labels",
      "-",
      "--quiet")
    #expect(fit.status == 0 && Set(fit.text.split(separator: "\n")).count == 4)
    for _ in 0..<100 {
      var order = Array(names.indices)
      for place in order.indices { order.swapAt(place, Int(random.next() % UInt64(order.count))) }
      write(order, to: "next.csv")
      #expect(try place.kmeans("assign", "next.csv", "--model", "m", "--quiet").text == fit.text)
    }
  }

  @Test func `a header of numbers is one where the model knows them`() throws {
    let place = Workplace()
    place.write("0,1,2\n5,1.5,0\n1,9,2\n", to: "pandas.csv")
    place.write("2,0,1\n0,5,1.5\n2,1,9\n", to: "other.csv")
    let fit = try place.kmeans(
      "fit", "pandas.csv", "-k", "2", "--header", "yes", "--model", "m", "--labels", "-", "--quiet")
    let noted = try place.kmeans("assign", "other.csv", "--model", "m")
    #expect(
      noted.errors.hasPrefix(
        "other.csv: line 1, of numbers, is taken for the names of columns that were asked for\n"))
    // Two numbers may as well be a row.
    place.write("0,1\n0.1,0.9\n0.9,0.1\n", to: "two.csv")
    place.write("1,0\n0,1\n1,1\n", to: "rows.csv")
    try place.kmeans("fit", "two.csv", "-k", "2", "--header", "yes", "--model", "two", "--quiet")
    let labels = try place.kmeans("assign", "rows.csv", "--model", "two", "--quiet").text
    #expect(labels.split(separator: "\n").count == 3)
    for file in ["pandas.csv", "other.csv"] {
      let outcome = try place.kmeans("assign", file, "--model", "m", "--quiet")
      #expect(outcome.text == fit.text && outcome.errors == "")
    }
  }

  @Test func `a file that lacks a column is refused by its name`() throws {
    let place = try Self.withModel()
    place.write("a,c\n1,2\n", to: "ac.csv")
    place.write("A,B\n1,2\n", to: "upper.csv")
    place.write("a,b,a\n1,2,3\n", to: "twice.csv")
    for (command, line) in [
      (
        "assign ac.csv --model m",
        "ac.csv: there is no column 'b' among 'a', 'c', expected 'a', 'b' as in m"
      ),
      (
        "evaluate upper.csv --model m",
        "upper.csv: there is no column 'a' among 'A', 'B', expected 'a', 'b' as in m"
      ),
      (
        "stream ac.csv -k 2 --init m",
        "ac.csv: there is no column 'b' among 'a', 'c', expected 'a', 'b' as in m"
      ),
      (
        "assign twice.csv --model m",
        "twice.csv: 2 columns are named 'a', 1, 3, expected 'a', 'b' as in m: choose by number"
      ),
    ] {
      try place.expectFailure(65, line, command)
    }
  }

  @Test func `names that come twice are advised by their numbers`() throws {
    let place = Workplace()
    place.write("v,v,w\n1,2,3\n4,5,6\n", to: "vvw.csv")
    place.write("w,v,v\n3,1,2\n", to: "wvv.csv")
    try place.kmeans("fit", "vvw.csv", "-k", "1", "--model", "m")
    try place.expectFailure(
      65,
      "wvv.csv: columns 'w', 'v', 'v', expected 'v', 'v', 'w' as in m; --columns 2,3,w chooses them",
      "assign wvv.csv --model m")
    let chosen = try place.kmeans("assign", "wvv.csv", "--model", "m", "--columns", "2,3,w")
    #expect(chosen.text == "0\n" && chosen.status == 0)
    try place.expectFailure(
      64, "wvv.csv: 2 columns are named 'v', 2, 3: choose by number",
      "fit wvv.csv -k 1 --columns v,w")
  }

  @Test func `columns that the user chooses are compared with those of the model`() throws {
    let place = try Self.withModel()
    place.write("\"a, in m\",b\n1,2\n3,4\n", to: "comma.csv")
    place.write("b,\"a, in m\"\n1,2\n", to: "ammoc.csv")
    try place.kmeans("fit", "comma.csv", "-k", "1", "--model", "comma")
    let problem =
      "ba.csv: columns 'b', 'a', expected 'a', 'b' as in m; --columns a,b chooses them"
    for command in ["assign ba.csv --model m", "stream ba.csv -k 2 --init m"] {
      try place.expectFailure(65, problem, "\(command) --columns 1,2")
    }
    try place.expectFailure(
      65,
      "ammoc.csv: columns 'b', 'a, in m', expected 'a, in m', 'b' as in comma; "
        + "--columns '\"a, in m\",b' chooses them", "assign ammoc.csv --model comma --columns 1-2")
    let expected = try place.kmeans("assign", "ab.csv", "--model", "m")
    let chosen = try place.kmeans("assign", "ba.csv", "--model", "m", "--columns", "a,b")
    #expect(chosen.text == expected.text && chosen.status == 0)
  }

  @Test func `without names on one side the places are compared`() throws {
    let place = try Self.withModel()
    place.write("0,1\n10,9\n", to: "bare.csv")
    let outcome = try place.kmeans("assign", "bare.csv", "--model", "m", "--json")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors
        == "bare.csv: there are no names of columns to compare with 'a', 'b' of m; the columns are "
        + "taken in this order\n")
    place.write("x,1,2\ny,3,4\n", to: "first.csv")
    place.write("1,x,2\n3,y,4\n", to: "second.csv")
    try place.kmeans("fit", "first.csv", "-k", "1", "--model", "f")
    let problem =
      "second.csv: column 1 is numeric where it is column 2 in f: expected the same columns, or "
      + "--columns to choose them"
    try place.expectFailure(65, problem, "assign second.csv --model f --json --quiet")
    let chosen = try place.kmeans("assign", "second.csv", "--model", "f", "--columns", "1,3")
    #expect(chosen.status == 0)
    #expect(chosen.errors.contains("second.csv: column 1 of 3 is taken for column 2 of 3 of f\n"))
    // A file that lacks a column has others in their places.
    place.write("1,2,9\n3,4,9\n", to: "three.csv")
    place.write("1,9\n3,9\n", to: "two.csv")
    try place.kmeans("fit", "three.csv", "-k", "1", "--columns", "2-3", "--model", "t")
    try place.expectFailure(
      65,
      "two.csv: column 1 is numeric where it is column 2 in t: expected the same columns, or "
        + "--columns to choose them", "assign two.csv --model t --json --quiet")
  }

  @Test func `files of a stream have the columns of the first`() throws {
    let place = try Self.withModel()
    place.write("0,1\n10,9\n", to: "bare.csv")
    place.write("a,c\n0,1\n", to: "ac.csv")
    func stream(_ files: String..., options: [String] = []) throws -> Outcome {
      try place.run(
        Program.kmeans,
        ["stream"] + files + ["-k", "2", "--first-rows", "2", "--model", "s"] + options)
    }
    // But for the line with the times.
    func lines(_ outcome: Outcome) -> [Substring] {
      outcome.text.split(separator: "\n").filter { !$0.contains("learnt in") }
    }
    let twice = lines(try stream("ab.csv", "ab.csv"))
    let swapped = try stream("ab.csv", "ba.csv")
    #expect(lines(swapped) == twice && swapped.status == 0 && swapped.errors == "")
    #expect(try place.kmeans("info", "s").text.contains(#/names +a, b/#))
    let lacking = try stream("ab.csv", "ac.csv")
    #expect(lacking.status == 65)
    #expect(
      lacking.errors
        == "kmeans: ac.csv: there is no column 'b' among 'a', 'c', expected 'a', 'b' as in ab.csv\n"
    )
    let numbered = try stream("ab.csv", "ba.csv", "bare.csv", options: ["--columns", "1,2"])
    #expect(numbered.status == 65)
    #expect(numbered.errors.contains("ba.csv: columns 'b', 'a', expected 'a', 'b' as in ab.csv"))
    #expect(lines(try stream("ab.csv", "ba.csv", options: ["--columns", "a,b"])) == twice)
  }

  /// Without names a model knows the places of its columns, which the user has to choose again.
  @Test func `the columns of a model without names are told`() throws {
    let place = Workplace()
    place.write("1,2,3,4,9\n2,3,4,5,9\n9,9,9,9,9\n", to: "p.csv")
    place.write("1,2,3\n4,5,6\n", to: "few.csv")
    try place.kmeans("fit", "p.csv", "-k", "2", "--columns", "1,3-4", "--model", "m", "--quiet")
    try place.expectFailure(
      65,
      "p.csv: points of 5 columns, expected 3 as in m; --columns 1,3-4 chooses those that m was "
        + "trained with", "assign p.csv --model m --header no --quiet")
    #expect(
      try place.kmeans("assign", "p.csv", "--model", "m", "--columns", "1,3-4", "--quiet").status
        == 0)
    try place.expectFailure(
      65,
      "few.csv: points of 2 columns, expected 3 as in m; m was trained with columns 1,3-4 of 5",
      "assign few.csv --model m --columns 1-2 --quiet")
  }
}
