import Testing

/// The label of lines of libsvm and of Spark, wherever a column is named.
@Suite struct LabelColumnTests {
  static let texts = [
    ("p.libsvm", "-1 1:1 2:2\n-1 1:1.5 2:2\n0.5 1:10 2:11\n0.5 1:10 2:12\n"),
    (
      "p.spark",
      "(-1.0,[1.0,2.0])\n(-1.0,[1.5,2.0])\n(0.5,[10.0,11.0])\n(0.5,(2,[0,1],[10.0,12.0]))\n"
    ),
  ]

  @Test(arguments: texts) func `true labels and keys`(_ name: String, _ text: String) throws {
    let place = Workplace.withSample()
    place.write(text, to: name)
    try place.kmeans("fit", name, "-k", "2", "--init", "start.npy", "--model", "m", "--quiet")
    let measured = try ReportTests.object(
      place.kmeans("evaluate", name, "--model", "m", "--labels-true", "label", "--json", "--quiet"))
    #expect(measured["inertia"] as? Double == 0.625 && measured["dimension"] as? Int == 2)
    #expect(measured["adjustedRand"] as? Double == 1, "\(measured)")
    let keys = try place.kmeans(
      "stream", name, "--init", "m", "--key-column", "label", "--predictions", "-")
    #expect(keys.status == 0, "\(keys.errors)")
    let lines = keys.text.split(separator: "\n").map { $0.prefix { $0 != "," } }
    #expect(lines.filter { ["-1", "0.5"].contains($0) } == ["-1", "-1", "0.5", "0.5"])
  }

  @Test(arguments: texts) func `it is no column of points`(_ name: String, _ text: String) throws {
    let place = Workplace()
    place.write(text, to: name)
    for columns in ["label", "1,label"] {
      try place.expectFailure(
        64,
        "\(name): 'label' is the class of a line and no column of points: --labels-true, "
          + "--key-column and --point-weights take it, and 'kmeans convert --columns label' writes it",
        "fit \(name) -k 2 --columns \(columns)")
    }
    #expect(
      try place.kmeans("convert", name, "o.csv", "--columns", "label", "--quiet").status == 0)
  }

  @Test(arguments: texts) func `weights`(_ name: String, _ text: String) throws {
    let place = Workplace.withSample()
    place.write(text.replacing("-1", with: "3"), to: name)
    let command = ["-k", "2", "--init", "start.npy", "--json", "--quiet"]
    let fit = try ReportTests.object(
      place.run(Program.kmeans, ["fit", name, "--point-weights", "label"] + command))
    #expect(fit["clusterWeights"] as? [Double] == [6, 1])
    #expect(fit["columns"] as? [String] == ["1", "2"])
    // The model takes files without such weights.
    let written = try place.run(
      Program.kmeans, ["fit", name, "--point-weights", "label", "--model", "m"] + command)
    #expect(written.status == 0)
    #expect(try place.kmeans("assign", name, "--model", "m").text == Sample.labels)
  }
}
