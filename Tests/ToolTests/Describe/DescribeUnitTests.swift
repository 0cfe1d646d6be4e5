import Testing

/// The units of a description: those of the points, whatever was done to rows.
@Suite struct DescribeUnitTests {
  @Test(arguments: ["float", "double"])
  func `standardisation is undone`(_ precision: String) throws {
    let place = Workplace.withSample()
    try place.kmeans(
      "fit", "a.csv", "-k", "2", "--init", "start.npy", "--standardize", "--model", "m",
      "--precision", precision)
    let limit = precision == "float" ? 1e-6 : 1e-12
    for command in ["m", "m a.csv --precision \(precision)"] {
      let report = try DescribeTests.report(place, command)
      #expect(report.standardized)
      let centroids = report.profiles.flatMap(\.centroid)
      for (found, expected) in zip(centroids, [1.25, 2, 10, 11.5]) {
        #expect((found - expected).magnitude < 12 * limit)
      }
      for (found, expected) in zip(report.means, [5.625, 6.75]) {
        #expect((found - expected).magnitude < 12 * limit)
      }
    }
    let points = try DescribeTests.report(place, "m a.csv")
    for (found, expected) in zip(points.deviations, [19.171875, 22.6875]) {
      #expect((found * found - expected).magnitude < 100 * limit)
    }
    let text = try place.kmeans("describe", "m", "a.csv").text
    #expect(
      text.contains(
        "\ndistances are those of standardised columns; all else is in the units of the points\n"))
  }

  @Test func `by the cosine centroids are directions`() throws {
    let place = Workplace()
    place.write("x,y\n1,0\n2,0\n0,3\n0,4\n", to: "p.csv")
    place.write("1,0\n0,1\n", to: "c.csv")
    try place.kmeans(
      "fit", "p.csv", "-k", "2", "--distance", "cosine", "--init", "c.csv", "--model", "m")
    for command in ["m", "m p.csv"] {
      let report = try DescribeTests.report(place, command)
      #expect(report.distance == "cosine")
      #expect(report.profiles.map(\.centroid) == [[1, 0], [0, 1]])
      #expect(report.means == [0.5, 0.5] && report.deviations == [0.5, 0.5])
      #expect(report.profiles[0].top.map(\.separation) == [1, -1])
    }
    #expect(
      try place.kmeans("describe", "m").text.contains(
        "\nthe distance is cosine: centroids are directions, and numbers are those of rows of length 1\n"
      ))
    place.write("x,y\n1,0\n0,0\n0,3\n", to: "zero.csv")
    try place.expectFailure(
      65,
      "zero.csv: row 2 has no direction: all its values are zero, or become zero (rows count from 1)",
      "describe m zero.csv")
    let skipped = try DescribeTests.report(place, "m zero.csv --on-invalid skip --quiet")
    #expect(skipped.points == 2 && skipped.means == [0.5, 0.5])
    #expect(skipped.profiles[1].examples?.map(\.row) == [2])
  }

  @Test func `equal centroids are not separated by rounding`() throws {
    let place = Workplace()
    place.write("0.1,0\n0.1,0\n0.1,0\n0.1,9\n0.1,9\n0.1,9\n0.1,9\n", to: "p.csv")
    for precision in ["float", "double"] {
      try place.kmeans(
        "fit", "p.csv", "-k", "2", "--precision", precision, "--model", "m", "--standardize")
      for command in ["m", "m p.csv"] {
        let report = try DescribeTests.report(place, command)
        #expect(report.deviations[0] == 0, "\(command), \(precision)")
        #expect(report.profiles[0].top.map(\.column) == ["column2", "column1"])
      }
    }
  }

  @Test func `clusters of a stream have ids`() throws {
    let place = Workplace.withStream()
    place.write(csv([[0], [1000]]), to: "init.csv")
    place.write(csv([[-1], [-2], [1], [2]]), to: "c.csv")
    try place.stream("c.csv c.csv -k 2 --init init.csv --decay-factor 0 --model m --quiet")
    let report = try DescribeTests.report(place, "m")
    #expect(report.profiles.map(\.id) == [0, 2])
    try place.kmeans("describe", "m", "--csv", "t.csv", "--quiet")
    #expect(try place.text("t.csv").hasPrefix("cluster,id,size,share,column1\n0,0,2,0.5,"))
    #expect(
      try place.kmeans("describe", "m").text.contains("\ncluster 1 (id 2): weight 2, 50.0 %\n"))
  }

  @Test func `the names of the points serve where the model has none`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m")
    #expect(try DescribeTests.report(place, "m").columns == ["column1", "column2"])
    #expect(try DescribeTests.report(place, "m a.csv --quiet").columns == ["x", "y"])
  }
}
