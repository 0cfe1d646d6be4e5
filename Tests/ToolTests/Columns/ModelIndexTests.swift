import Testing

/// Models remember from where the indices of libsvm count.
@Suite struct ModelIndexTests {
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
      #expect(try place.text("d.csv", under: "squared_distance") == "0.0\n")
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

  @Test func `an index that is too large for the memory`() throws {
    let place = Workplace()
    place.write("1 1:2 3:4\n1 2:5\n0 300000000000:1\n1 3:1\n", to: "h.svm")
    let outcome = try place.kmeans("fit", "h.svm", "-k", "1")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix(
        "kmeans: h.svm: line 3: index 300000000000 makes rows of 300000000000 values, "))
    #expect(
      outcome.errors.hasSuffix(
        "; --dimension D refuses rows with indices beyond D, and with --on-invalid skip leaves them "
          + "out\n"))
    for options in ["", " --dimension 3"] {
      let words = "fit h.svm -k 1 --on-invalid skip --labels -\(options)".split(separator: " ")
      let skipped = try place.run(Program.kmeans, words.map(String.init))
      #expect(skipped.status == 0 && skipped.text == "0\n0\n-1\n0\n")
      #expect(
        skipped.errors.hasPrefix(
          "h.svm: 1 row is left out, for it is malformed: 3 (rows count from 1); the first: line 3, "
            + "column 3: index 300000000000, expected at most 3\n"))
    }
  }
}
