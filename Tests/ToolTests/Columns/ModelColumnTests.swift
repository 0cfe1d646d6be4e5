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

  @Test func `columns in another order are refused by name`() throws {
    let place = try Self.withModel()
    let problem =
      "ba.csv: columns 'b', 'a', expected 'a', 'b' as in m; --columns a,b chooses them"
    for command in [
      "assign ba.csv --model m", "evaluate ba.csv --model m", "fit ba.csv -k 2 --init m",
      "stream ba.csv -k 2 --init m", "assign ba.csv --model m --columns 1,2",
    ] {
      try place.expectFailure(65, problem, command)
    }
    let piped = try place.shell("\"$KMEANS\" stream - -k 2 --init m < ba.csv")
    #expect(piped.errors == "kmeans: standard input\(problem.dropFirst(6))\n" && piped.status == 65)
    let expected = try place.kmeans("assign", "ab.csv", "--model", "m")
    let chosen = try place.kmeans("assign", "ba.csv", "--model", "m", "--columns", "a,b")
    #expect(chosen.text == expected.text && chosen.status == 0)
    #expect(Set(expected.text.split(separator: "\n")) == ["0", "1"])
  }

  @Test func `other names and more columns are refused`() throws {
    let place = try Self.withModel()
    place.write("a,c\n1,2\n", to: "ac.csv")
    place.write("id,a,b\n1,0,1\n", to: "more.csv")
    place.write("\"a, in m\",b\n1,2\n3,4\n", to: "comma.csv")
    place.write("b,\"a, in m\"\n1,2\n", to: "ammoc.csv")
    try place.kmeans("fit", "comma.csv", "-k", "1", "--model", "comma")
    for (command, line) in [
      (
        "ac.csv --model m",
        "ac.csv: columns 'a', 'c', expected 'a', 'b' as in m; there is no 'b' among its columns"
      ),
      (
        "more.csv --model m",
        "more.csv: columns 'id', 'a', 'b', expected 'a', 'b' as in m; --columns a,b chooses them"
      ),
      (
        "ammoc.csv --model comma",
        "ammoc.csv: columns 'b', 'a, in m', expected 'a, in m', 'b' as in comma; "
          + "--columns '\"a, in m\",b' chooses them"
      ),
    ] {
      try place.expectFailure(65, line, "assign \(command)")
    }
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
    let outcome = try place.kmeans(
      "stream", "ab.csv", "ba.csv", "-k", "2", "--first-rows", "2", "--model", "s")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors
        == "what 1 batch taught is written: s\nkmeans: ba.csv: columns 'b', 'a', expected 'a', 'b' as in ab.csv; --columns a,b chooses "
        + "them\n")
    let named = try place.kmeans(
      "stream", "ab.csv", "ba.csv", "bare.csv", "-k", "2", "--first-rows", "2", "--columns", "1,2")
    #expect(named.status == 65)
    let chosen = try place.kmeans(
      "stream", "ab.csv", "ba.csv", "-k", "2", "--first-rows", "2", "--columns", "a,b", "--model",
      "s")
    #expect(chosen.status == 0 && chosen.errors == "")
    #expect(try place.kmeans("info", "s").text.contains(#/names +a, b/#))
    try place.expectFailure(
      65, "ba.csv: columns 'b', 'a', expected 'a', 'b' as in s; --columns a,b chooses them",
      "assign ba.csv --model s")
  }

  @Test func `indices of libsvm count as they did`() throws {
    let place = Workplace()
    place.write("0 0:1 2:2\n1 1:5\n0 0:2\n", to: "train.svm")
    place.write("1 1:5\n", to: "new.svm")
    place.write("1 1:5\n1 3:5\n", to: "far.svm")
    place.write("1 1:1 3:1\n", to: "one.svm")
    for (file, model) in [("train.svm", "zero"), ("one.svm", "one")] {
      let k = model == "zero" ? "2" : "1"
      #expect(try place.kmeans("fit", file, "-k", k, "--model", model, "--quiet").status == 0)
    }
    for options in [[], ["--dimension", "3"], ["--first-index", "0"]] {
      let outcome = try place.run(
        Program.kmeans,
        [
          "assign", "new.svm", "--model", "zero", "--labels", "-", "--distances", "d.csv",
          "--quiet",
        ]
          + options)
      #expect(outcome.text == "1\n" && outcome.status == 0)
      #expect(try place.text("d.csv") == "0.0\n")
    }
    let piped = try place.shell(
      "cat new.svm | \"$KMEANS\" assign - --format libsvm --model zero --quiet")
    #expect(piped.text == "1\n")
    for (command, line) in [
      (
        "assign far.svm --model zero",
        "far.svm: line 2, column 3: index 3, expected at most 2 as in zero, where a row has 3 values "
          + "and indices count from 0"
      ),
      (
        "assign train.svm --model one",
        "train.svm: line 1, column 3: index 0, expected indices from 1 as in one, where a row has 3 "
          + "values and indices count from 1"
      ),
      (
        "evaluate new.svm --model one --first-index 0",
        "new.svm: indices count from 0, expected from 1 as in one"
      ),
    ] {
      try place.expectFailure(65, line, command)
    }
    let stream = try place.kmeans("stream", "train.svm", "new.svm", "-k", "1", "--first-rows", "1")
    #expect(stream.status == 0)
    let other = try place.kmeans("stream", "one.svm", "train.svm", "-k", "1", "--first-rows", "1")
    #expect(other.status == 65)
    #expect(other.errors.contains("index 0, expected indices from 1 as in one.svm"))
    try place.expectFailure(
      65, "new.svm: indices count from 0, expected from 1 as in one",
      "assign new.svm --model one --first-index 0")
  }

  @Test func `a fit starts from a model`() throws {
    let place = Workplace.withSample()
    #expect(
      try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m").status == 0
    )
    let outcome = try place.kmeans(
      "fit", "a.npy", "-k", "2", "--init", "m", "--centroids", "c.csv", "--json")
    #expect(outcome.status == 0 && outcome.text.contains("\"initialization\":\"m\""))
    #expect(try place.text("c.csv") == Sample.centroids)
    try place.expectFailure(
      65, "m: 2 initial centroids, expected 3", "fit a.npy -k 3 --init m")
  }

  @Test func `centroids of a name without a format have that of the points`() throws {
    let place = Workplace()
    place.write("[0.0,0.0]\n[1.0,2.0]\n", to: "c.txt")
    place.write("[0.5,0.0]\n[1.0,2.5]\n", to: "p.txt")
    for command in [
      "fit p.txt --format spark -k 2 --init c.txt --quiet",
      "stream p.txt --format spark -k 2 --init c.txt --quiet",
      "assign p.txt --format spark --centroids c.txt --labels l.csv --quiet",
    ] {
      let outcome = try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try place.text("l.csv") == "0\n1\n")
  }

  @Test func `a name that is a file and a column is said to be the file`() throws {
    let place = Workplace()
    place.write("x,w\n1,1\n2,3\n", to: "p.csv")
    place.write("1\n1\n", to: "w")
    place.write("x\n0\n1\n", to: "l.csv")
    for (option, command) in [
      ("--point-weights", "fit p.csv -k 1 --columns x --json"),
      ("--labels-true", "evaluate p.csv --labels l.csv --json"),
    ] {
      let words = "\(command) \(option) w".split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.status == 0)
      #expect(
        outcome.errors.contains(
          "\(option) w: the file of that name is taken, not the column of p.csv (2 takes that)\n"))
    }
    for (weights, center) in [("./w", "1.5,2.0\n"), ("2", "1.75\n")] {
      let outcome = try place.kmeans(
        "fit", "p.csv", "-k", "1", "--point-weights", weights, "--centroids", "c.csv")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try place.text("c.csv") == center)
    }
    place.write("x,v,v\n1,1,1\n2,3,3\n", to: "twice.csv")
    try place.expectFailure(
      64, "twice.csv: 2 columns are named 'v', 2, 3: choose by number",
      "fit twice.csv -k 1 --point-weights v")
  }

  @Test func `what is rounded on its way is counted`() throws {
    let place = Workplace()
    place.write("16777217,0.1\n2,0.5\n", to: "p.csv")
    place.write(
      npyFile(bytes([Int64(1) << 53 + 1, 1, 3, -(Int64(1) << 60)]), type: "<i8", shape: "(2, 2)"),
      to: "i.npy")
    for (command, note) in [
      (
        "p.csv o.fvecs",
        "p.csv: 2 values are rounded to the nearest 32-bit floats of fvecs, the first in row 0, column "
          + "0 (rows and columns count from 0)\n"
      ),
      (
        "p.csv o.f32 --columns 2",
        "p.csv: 1 of 2 columns is selected: 2\np.csv: 1 value is rounded to the nearest 32-bit float "
          + "of raw-f32, in row 0, column 1 (rows and columns count from 0)\n"
      ),
      (
        "i.npy o.csv",
        "i.npy: 2 values are whole numbers beyond 2^53, of which the nearest doubles are written, the "
          + "first in row 0, column 0 (rows and columns count from 0)\n"
      ),
      ("p.csv o.npy", ""), ("i.npy o.csv --quiet", ""),
    ] {
      let words = ["convert"] + command.split(separator: " ").map(String.init)
      let outcome = try place.run(Program.kmeans, words)
      #expect(outcome.errors == note && outcome.status == 0)
    }
  }

  @Test func `a sparse matrix of SciPy is named`() throws {
    let place = Workplace()
    let parts = ["indices", "indptr", "format", "shape", "data"]
    let arrays = parts.map { ($0, npyFile([1.0, 2], columns: 1)) }
    place.write(VectorFormatTests.npzFile(arrays), to: "s.npz")
    for options in ["", " --array data"] {
      try place.expectFailure(
        64,
        "s.npz: a sparse matrix of SciPy, which is not read: expected an array, as toarray() makes it, "
          + "or libsvm text, as sklearn.datasets.dump_svmlight_file writes it",
        "fit s.npz -k 1\(options)")
    }
  }
}
