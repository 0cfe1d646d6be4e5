import Testing

/// `kmeans convert` of a model: its centroids, in the units of the points.
@Suite struct ConvertModelTests {
  @Test func `by name, as text and as numbers`() throws {
    let place = try DescribeTests.withModel()
    let outcome = try place.kmeans("convert", "m", "c.csv")
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(outcome.text == "m: 2 rows of 2 columns to c.csv (csv, 23 bytes)\n")
    #expect(try place.text("c.csv") == "x,y\n\(Sample.centroids)")
    try place.kmeans("convert", "m", "c.npy", "--quiet")
    #expect(try place.bytes("c.npy") == npyFile([1.25, 2, 10, 11.5], columns: 2))
    try place.kmeans("convert", "m", "f.npy", "--precision", "float")
    #expect(try place.bytes("f.npy") == npyFile([Float(1.25), 2, 10, 11.5], columns: 2))
    let fit = try place.kmeans("fit", "a.csv", "-k", "2", "--init", "c.csv", "--labels", "-")
    #expect(fit.text == Sample.labels)
  }

  @Test func `in the units of the points`() throws {
    let place = try DescribeTests.withModel("--standardize")
    try place.kmeans("convert", "m", "c.csv")
    let rows = try place.numbers("c.csv")
    for (found, expected) in zip(rows.joined(), [1.25, 2, 10, 11.5]) {
      #expect((found - expected).magnitude < 1e-12)
    }
    #expect(rows.count == 2)
  }

  @Test func `columns without names have numbers, and no column is left out`() throws {
    let place = Workplace.withSample()
    try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m")
    let outcome = try place.kmeans("convert", "m", "-", "--quiet")
    #expect(outcome.text == "column1,column2\n\(Sample.centroids)")
    try place.expectFailure(
      64, "--columns 1: m is a model, of which all columns are written: expected no such option",
      "convert m o.csv --columns 1")
  }
}
