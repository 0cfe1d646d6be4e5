import Foundation
import Testing

/// `kmeans assign`: labels and distances to the centroids of a model or of a file.
@Suite struct AssignTests {
  @Test func `a model gives the labels of its fit`() throws {
    let place = Workplace()
    place.write(npyFile(TestRandom.values(3000 * 5, seed: 2), columns: 5), to: "p.npy")
    let fit = try place.kmeans(
      "fit", "p.npy", "-k", "30", "--labels", "fit.npy", "--model", "m", "--centroids", "c.npy")
    #expect(fit.status == 0)
    for centroids in [["--model", "m"], ["--centroids", "c.npy"]] {
      let outcome = try place.run(
        Program.kmeans, ["assign", "p.npy", "--labels", "again.npy"] + centroids)
      #expect(outcome.status == 0)
      #expect(try place.bytes("again.npy") == place.bytes("fit.npy"))
    }
  }

  @Test func `labels go to stdout unless something else is asked for`() throws {
    let place = Workplace.withSample()
    let outcome = try place.kmeans("assign", "a.csv", "--centroids", "start.npy")
    #expect(outcome.status == 0)
    #expect(outcome.text == Sample.labels)
    let summary = #/a\.csv: 4 points of 2 columns to 2 centroids in \S+ s, inertia 1\.25\n/#
    #expect(outcome.errors.wholeMatch(of: summary) != nil, "\(outcome.errors)")
    let toFile = try place.kmeans(
      "assign", "a.csv", "--centroids", "start.npy", "--distances", "d.csv")
    #expect(toFile.text.wholeMatch(of: summary) != nil, "\(toFile.text)")
    #expect(toFile.errors == "")
  }

  @Test func `distances are squared and Double`() throws {
    let place = Workplace.withSample()
    for name in ["d.csv", "d.npy"] {
      let outcome = try place.kmeans(
        "assign", "a.npy", "--centroids", "start.npy", "--distances", name, "--quiet")
      #expect(outcome.status == 0)
      #expect(outcome.text == "" && outcome.errors == "")
    }
    #expect(try place.text("d.csv", under: "squared_distance") == "0.0\n0.25\n0.0\n1.0\n")
    #expect(try place.bytes("d.npy").suffix(32) == bytes([0, 0.25, 0, 1.0])[...])
  }

  @Test func `points come from the standard input, gzip included`() throws {
    let place = Workplace.withSample()
    for input in [Sample.npy, Array(Sample.csv.utf8), gzipFile(Sample.npy)] {
      let outcome = try place.kmeans("assign", "-", "--centroids", "start.npy", input: input)
      #expect(outcome.text == Sample.labels)
      #expect(outcome.errors.hasPrefix("standard input: 4 points of 2 columns to 2 centroids in "))
    }
  }

  @Test func `of float points and double centroids nothing is rounded unless asked`() throws {
    let place = Workplace()
    // Between the centroids 0.1 and 0.1 + 2^-40, which are one number as floats.
    place.write(npyFile([0.1, 0.1 + 0x1p-40], columns: 1), to: "c.npy")
    place.write(npyFile([Float(1)], columns: 1), to: "p.npy")
    let exact = try place.kmeans("assign", "p.npy", "--centroids", "c.npy")
    #expect(exact.text == "1\n")
    let asked = try place.kmeans("assign", "p.npy", "--centroids", "c.npy", "--precision", "float")
    #expect(asked.text == "0\n")
  }

  @Test(
    arguments: [
      Wrong(
        "assign wide.npy --model m",
        "wide.npy: points of 4 columns, expected 2 as in m; --columns chooses some"),
      Wrong(
        "assign a.csv --centroids wide.npy",
        "a.csv: points of 2 columns, expected 4 as in wide.npy"),
      Wrong(
        "assign a.npy --centroids nan.npy",
        "nan.npy: the value in row 1, column 2 is not finite (rows and columns count from 1)"),
      Wrong(
        "assign nan.npy --model m",
        "nan.npy: the value in row 1, column 2 is not finite (rows and columns count from 1); --on-invalid "
          + "skip leaves such rows out"),
      Wrong(
        "assign a.npy --centroids large.npy --precision float",
        "large.npy: the value in row 1, column 2 is more than a 32-bit float can hold "
          + "(rows and columns count from 1); expected --precision double"),
      Wrong("assign none.npy --model m", "none.npy: there are no points"),
      Wrong("assign a.npy --centroids none.npy", "none.npy: there are no centroids"),
      Wrong(
        "assign a.npy --centroids no.npy", "no.npy: cannot open: No such file or directory", 74),
      Wrong("assign no.npy --model m", "no.npy: cannot open: No such file or directory", 74),
    ])
  func `what does not fit`(_ wrong: Wrong) throws {
    let place = Workplace.withSample()
    place.write(npyFile([1.0, 2, 3, 4], columns: 4), to: "wide.npy")
    place.write(npyFile([1.0, .nan], columns: 2), to: "nan.npy")
    place.write(npyFile([1.0, 1e100], columns: 2), to: "large.npy")
    place.write(npyFile([], type: "<f8", shape: "(0, 2)"), to: "none.npy")
    #expect(try place.kmeans("fit", "a.npy", "-k", "2", "--model", "m").status == 0)
    try wrong.check(in: place)
  }

  @Test func `the row of a bad value counts from the start of the file, not of a block`() throws {
    let place = Workplace.withSample()
    var values = [Float](repeating: 1, count: 2 * 5_000_000)
    values[2 * 4_500_000 + 1] = .infinity
    place.write(npyFile(values, columns: 2), to: "long.npy")
    try place.expectFailure(
      65,
      "long.npy: the value in row 4500001, column 2 is not finite (rows and columns count "
        + "from 1); --on-invalid skip leaves such rows out",
      "assign long.npy --centroids start.npy --precision float --labels l.npy")
  }

  @Test func `labels of a pipe come with its rows`() throws {
    let place = Workplace()
    place.write("x,y\n0,0\n10,10\n", to: "c.csv")
    let pipe = Pipe()
    let running = try Running(
      "/bin/sh",
      ["-c", "exec \"$KMEANS\" assign - --centroids c.csv --on-invalid skip --quiet > out.csv"],
      in: place, pipe: pipe, environment: ["KMEANS": Program.kmeans])
    let input = pipe.fileHandleForWriting
    try input.write(contentsOf: Data("y,x\n1,2\n".utf8))
    try StreamLiveTests.wait(for: 1, linesIn: "out.csv", of: place)
    try input.write(contentsOf: Data("NA,3\n9,12\n8,8".utf8))
    try StreamLiveTests.wait(for: 3, linesIn: "out.csv", of: place)
    #expect(running.isRunning)
    try input.close()
    #expect(running.wait().status == 0)
    #expect(try place.text("out.csv") == "0\n-1\n1\n1\n")
  }
}
