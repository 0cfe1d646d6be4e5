import Clustering
import Foundation
import Testing

/// `kmeans info`: what a file is.
@Suite struct InfoTests {
  @Test func `a model`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m")
    let outcome = try place.kmeans("info", "m")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(
      outcome.text == """
        file             m
        kind             k-means model
        precision        double
        clusters         2
        dimension        2
        distance         euclidean
        standardized     no
        iterations       2
        converged        yes
        inertia          0.625
        points           4
        largestCluster   2
        smallestCluster  2

        centroids, the largest clusters first
        cluster     0     1
        column1  1.25    10
        column2     2  11.5

        """)
    let object = try ReportTests.object(place.kmeans("info", "m", "--json"))
    #expect(object["centroids"] as? [[Double]] == [[1.25, 2], [10, 11.5]])
  }

  @Test func `options that say nothing of a model`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m")
    for option in [
      "--columns x", "--format csv", "--header yes", "--exclude x", "--dimension 2",
      "--first-index 1", "--array a", "--precision float", "--on-invalid mean", "--delimiter tab",
      "--comment #", "--decimal ,",
    ] {
      try place.expectFailure(
        64, "\(option): m is a k-means model, which is shown whole: expected no such option",
        "info m \(option)")
      guard !option.hasPrefix("--columns") else { continue }
      let outcome = try place.run(
        Program.kmeans, ["describe", "m"] + option.split(separator: " ").map(String.init))
      #expect(outcome.status == 64 && outcome.text == "")
      #expect(outcome.errors.hasPrefix("kmeans: \(option): expected INPUT, a file that is read so"))
    }
  }

  @Test func `centroids in the units of the points, by name`() throws {
    let place = Workplace.withSample()
    try place.kmeans(
      "fit", "a.csv", "-k", "2", "--init", "start.npy", "--standardize", "--model", "m")
    let outcome = try place.kmeans("info", "m")
    #expect(
      outcome.text.hasSuffix("\ncluster     0     1\nx        1.25    10\ny           2  11.5\n"))
  }

  @Test func `centroids of many clusters and columns are cut`() throws {
    let place = Workplace()
    try DescribeTests.largeModel(clusters: 1001, columns: 1000).save(to: "\(place.path)/m")
    let outcome = try place.kmeans("info", "m")
    #expect(
      outcome.text.hasSuffix(
        "\n... 980 more columns, 986 more clusters: 'kmeans convert MODEL OUT.csv' has all\n"),
      "\(outcome.text)")
    #expect(outcome.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let object = try ReportTests.object(place.kmeans("info", "m", "--json"))
    #expect(object["centroids"] == nil)
    #expect(
      object["centroidsLeftOut"] as? String
        == "1001000 values, at most 1000000 are shown: 'kmeans convert MODEL OUT' writes them")
  }

  @Test(
    arguments: [
      (
        "a.csv",
        """
        file       a.csv
        format     csv
        gzip       no
        values     text
        precision  double
        columns    2
        names      x, y

        """
      ),
      (
        "t.csv",
        """
        file       t.csv
        format     csv
        gzip       no
        values     text
        precision  double
        columns    1
        chosen     1 of 2 columns is numeric: 2
        remarks    line 1, of text and numbers, is taken for a row (--header yes takes it for names)

        """
      ),
      (
        "a.npy",
        """
        file       a.npy
        format     npy
        gzip       no
        values     <f8
        precision  double
        rows       4
        columns    2

        """
      ),
      (
        "f.npy.gz",
        """
        file       f.npy.gz
        format     npy
        gzip       yes
        values     <f4
        precision  float
        rows       2
        columns    3

        """
      ),
    ])
  func `a data file`(_ name: String, _ expected: String) throws {
    let place = Workplace.withSample()
    place.write("a,1\nb,2\n", to: "t.csv")
    place.write(
      gzipFile(npyFile([1, 2, 3, 4, 5, 6] as [Float], columns: 3)), to: "f.npy.gz")
    let outcome = try place.kmeans("info", name)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(outcome.text == expected)
  }

  @Test func `raw floats and a pipe`() throws {
    let place = Workplace()
    place.write(bytes([1, 2, 3, 4] as [Float]), to: "p.f32")
    let raw = try place.kmeans("info", "p.f32", "--dimension", "2")
    #expect(raw.text.contains("format     raw-f32\n"))
    #expect(raw.text.contains("rows       2\n"))
    let pipe = try place.kmeans("info", "-", input: Sample.npy)
    #expect(pipe.text.hasPrefix("file       standard input\nformat     npy\n"))
  }

  @Test func `as JSON`() throws {
    let place = Workplace.withSample()
    let object = try ReportTests.object(place.kmeans("info", "a.csv", "--json"))
    #expect(object["format"] as? String == "csv")
    #expect(object["columns"] as? Int == 2)
    #expect(object["names"] as? [String] == ["x", "y"])
    #expect(object["gzip"] as? Bool == false)
  }

  @Test func `what is neither`() throws {
    let place = Workplace()
    place.write("", to: "empty")
    try place.expectFailure(65, "empty: no rows: the file is empty", "info empty")
    try place.expectFailure(74, "no: cannot open: No such file or directory", "info no")
  }
}
