import Testing

/// What `--on-invalid skip` does to files that have one entry for each row of the input.
@Suite struct SkippedRowTests {
  static let table = "x,y,w\n1,2,1\nNA,2,7\n1.5,2,1\n10,11,3\n,,9\n10,12,1\n"

  private func place() -> Workplace {
    let place = Workplace.withSample()
    place.write(Self.table, to: "p.csv")
    return place
  }

  @Test func `weights of rows that are left out are left out`() throws {
    let place = place()
    place.write("1\n7\n1\n3\n9\n1\n", to: "w.csv")
    place.write("1\n1\n3\n1\n", to: "few.csv")
    let expected = "1.25,2.0\n10.0,11.25\n"
    for weights in ["w.csv", "w", "few.csv"] {
      let outcome = try place.kmeans(
        "fit", "p.csv", "-k", "2", "--init", "start.npy", "--on-invalid", "skip", "--columns",
        "x,y", "--point-weights", weights, "--centroids", "c.csv", "--quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try place.text("c.csv", under: "x,y") == expected, "\(weights)")
    }
    place.write("1\n1\n", to: "fewer.csv")
    try place.expectFailure(
      65, "fewer.csv: 2 weights for 4 points, expected one each",
      "fit p.csv -k 2 --columns x,y --on-invalid skip --point-weights fewer.csv --quiet")
  }

  @Test func `labels, distances and appended labels keep to the rows of the file`() throws {
    let place = place()
    let fit = try place.kmeans(
      "fit", "p.csv", "-k", "2", "--init", "start.npy", "--columns", "x,y", "--on-invalid", "skip",
      "--model", "m", "--labels", "l.csv", "--append-labels", "all.csv", "--json")
    #expect(fit.text.contains(#""skippedRows":2"#) && fit.text.contains(#""points":4"#))
    #expect(try place.text("l.csv", under: "cluster") == "0\n-1\n0\n1\n-1\n1\n")
    #expect(
      try place.text("all.csv")
        == "x,y,w,cluster\n1,2,1,0\nNA,2,7,-1\n1.5,2,1,0\n10,11,3,1\n,,9,-1\n10,12,1,1\n")
    let assign = try place.kmeans(
      "assign", "p.csv", "--model", "m", "--columns", "x,y", "--on-invalid", "skip", "--labels",
      "l2.csv", "--distances", "d.csv", "--append-labels", "all2.csv")
    #expect(assign.status == 0, "\(assign.errors)")
    #expect(try place.text("l2.csv") == place.text("l.csv"))
    #expect(try place.text("all2.csv") == place.text("all.csv"))
    #expect(
      try place.text("d.csv", under: "squared_distance")
        == "0.0625\nnan\n0.0625\n0.25\nnan\n0.25\n")
  }

  @Test func `true labels and labels are those of the rows that are left`() throws {
    let place = place()
    place.write("a\nb\na\nc\nb\nc\n", to: "truth.csv")
    place.write("0\n5\n0\n1\n5\n1\n", to: "labels.csv")
    let outcome = try place.kmeans(
      "evaluate", "p.csv", "--columns", "x,y", "--on-invalid", "skip", "--labels", "labels.csv",
      "--labels-true", "truth.csv", "--json")
    #expect(outcome.text.contains(#""adjustedRand":1"#), "\(outcome.errors)\(outcome.text)")
  }
}
