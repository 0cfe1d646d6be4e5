import Testing

/// The headers of files of text that the tool writes: other programs take the first line for names,
/// and the tool itself finds it.
@Suite struct OutputHeaderTests {
  @Test func `what is written is read back`() throws {
    let place = Workplace.withSample()
    try place.kmeans(
      "fit", "a.csv", "-k", "2", "--init", "start.npy", "--labels", "l.csv", "--centroids", "c.csv")
    #expect(try place.text("c.csv") == "x,y\n\(Sample.centroids)")
    for command in [
      "evaluate a.csv --labels l.csv --labels-true l.csv --json",
      "evaluate a.csv --centroids c.csv --labels-true l.csv --json",
    ] {
      let outcome = try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
      #expect(outcome.text.contains("\"adjustedRand\":1,"), "\(outcome.errors)")
    }
    let again = try place.kmeans("fit", "a.csv", "-k", "2", "--init", "c.csv", "--labels", "-")
    #expect(again.text == Sample.labels)
    #expect(try place.kmeans("assign", "a.csv", "--centroids", "c.csv").text == Sample.labels)
    try place.kmeans("stream", "a.csv", "--init", "c.csv", "--cluster-weights", "w.csv", "--quiet")
    #expect(try place.text("w.csv") == "weight\n2.0\n2.0\n")
    let weighted = try place.kmeans("fit", "c.csv", "-k", "1", "--point-weights", "w.csv", "--json")
    #expect(weighted.text.contains("\"clusterWeights\":[4]"), "\(weighted.errors)")
  }

  @Test func `a single row has a header, too`() throws {
    let place = Workplace()
    place.write("x\n3\n", to: "one.csv")
    try place.kmeans(
      "fit", "one.csv", "-k", "1", "--labels", "l.csv", "--centroids", "c.csv", "--model", "m")
    #expect(try place.text("l.csv") == "cluster\n0\n" && place.text("c.csv") == "x\n3.0\n")
    #expect(try place.kmeans("assign", "one.csv", "--centroids", "c.csv").text == "0\n")
    let quality = try place.kmeans("evaluate", "one.csv", "--labels", "l.csv", "--json")
    #expect(quality.text.contains("\"clusterLabels\":[0]"), "\(quality.errors)")
  }

  @Test func `numbers of columns are no names to compare`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--centroids", "c.csv")
    #expect(try place.text("c.csv") == "column1,column2\n\(Sample.centroids)")
    let outcome = try place.kmeans("assign", "a.csv", "--centroids", "c.csv", "--labels", "-")
    #expect(outcome.text == Sample.labels)
    #expect(outcome.errors.split(separator: "\n").count == 1)
  }

  /// Who reads them back says so as of the points, and is told where it is not said.
  @Test func `names that are numbers are written as they are`() throws {
    let place = Workplace.withSample()
    place.write(Sample.csv.replacing("x,y", with: "1990,1991"), to: "years.csv")
    try place.kmeans(
      "fit", "years.csv", "--header", "yes", "-k", "2", "--init", "start.npy", "--centroids",
      "c.csv", "--model", "m")
    #expect(try place.text("c.csv") == "1990,1991\n\(Sample.centroids)")
    #expect(try DescribeTests.report(place, "m").columns == ["1990", "1991"])
    #expect(
      try place.kmeans("convert", "m", "-", "--quiet").text == "1990,1991\n\(Sample.centroids)")
    for command in [
      "assign years.csv --centroids c.csv", "fit years.csv --init c.csv --labels -",
      "fit years.csv --init m --labels -",
    ] {
      let words = "\(command) --header yes --quiet".split(separator: " ").map(String.init)
      #expect(try place.run(Program.kmeans, words).text == Sample.labels)
    }
    try place.kmeans(
      "stream", "years.csv", "--header", "yes", "--init", "c.csv", "--cluster-weights", "w.csv",
      "--quiet")
    #expect(try place.text("w.csv") == "weight\n2.0\n2.0\n")
    let noted = try place.kmeans("assign", "a.npy", "--centroids", "c.csv")
    #expect(
      noted.errors.hasPrefix(
        "c.csv: line 1 looks like names (1990,1991) and is taken for a centroid (--header yes takes "
          + "it for names)\n"))
    // A first line of whole numbers above others is a row, as ever.
    place.write("0,1\n10,11\n", to: "whole.csv")
    let whole = try place.kmeans("assign", "a.npy", "--centroids", "whole.csv", "--header", "yes")
    #expect(whole.text == Sample.labels && !whole.errors.contains("looks like names"))
  }

  @Test func `names of which some are numbers`() throws {
    let place = Workplace.withSample()
    place.write(Sample.csv.replacing("x,y", with: "x,1991"), to: "mixed.csv")
    try place.kmeans(
      "fit", "mixed.csv", "--header", "yes", "-k", "2", "--init", "start.npy", "--centroids",
      "c.csv")
    #expect(try place.text("c.csv") == "x,1991\n\(Sample.centroids)")
    let outcome = try place.kmeans(
      "assign", "mixed.csv", "--header", "yes", "--centroids", "c.csv")
    #expect(outcome.text == Sample.labels)
    try place.expectFailure(
      65,
      "c.csv: line 1: it may hold names or be a row: 'x' stands over a column of numbers, but '1991' "
        + "in column 2 is a number: --header yes takes the line for names, --header no for a row",
      "assign a.npy --centroids c.csv")
  }

  @Test func `the nameless column of an index stays so`() throws {
    let place = Workplace.withSample()
    place.write(Sample.csv.replacing("x,y", with: ",y"), to: "i.csv")
    try place.kmeans("fit", "i.csv", "-k", "2", "--init", "start.npy", "--centroids", "c.csv")
    #expect(try place.text("c.csv") == ",y\n\(Sample.centroids)")
    #expect(try place.kmeans("assign", "i.csv", "--centroids", "c.csv").text == Sample.labels)
  }
}
