import Testing

/// Where the first centroids come from.
@Suite struct StreamStartTests {
  @Test func `given centroids weigh what is said`() throws {
    let place = Workplace.withStream()
    let lines = try place.trace("b.csv -k 2 --init start.npy --init-weight 3")
    #expect(lines[0].centroids == [[1.25, 2], [10, 11]])
    #expect(lines[0].weights == [4, 3])
  }

  @Test func `a model goes on with its weights`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv b.csv -k 2 --init start.npy --half-life 1 --trace all.jsonl --quiet")
    try place.stream("a.csv -k 2 --init start.npy --half-life 1 --model m --quiet")
    let lines = try place.trace("b.csv -k 2 --init m --half-life 1")
    let whole = try place.traceLines("all.jsonl")[1]
    #expect(lines[0].centroids == whole.centroids)
    #expect(lines[0].weights == whole.weights)
    // A fit's model, too, and it may be replaced.
    _ = try place.kmeans("fit", "a.csv", "-k", "2", "--init", "start.npy", "--model", "m")
    let fitted = try place.trace("b.csv -k 2 --init m --half-life 1 --model m")
    #expect(fitted[0].weights.sorted() == [1, 2])
    let info = try place.kmeans("info", "m")
    #expect(info.text.contains("k-means model"))
  }

  @Test func `a fit starts from the model of a stream, too`() throws {
    let place = Workplace.withStream()
    try place.stream("b.csv -k 2 --init start.npy --model m --quiet")
    let model = try place.kmeans("fit", "a.csv", "-k", "2", "--init", "m", "--labels", "-")
    #expect(model.status == 0, "\(model.errors)")
    let file = try place.kmeans("fit", "a.csv", "-k", "2", "--init", "start.npy", "--labels", "-")
    #expect(model.text == file.text && !file.text.isEmpty)
    // As many clusters as the file or the model has.
    try place.stream("a.csv --init start.npy --model m --quiet")
    try place.stream("b.csv --init m --centroids c.csv --quiet")
    #expect(try place.text("c.csv", under: "x,y") == "1.5,2.0\n10.0,11.5\n")
    try place.expectFailure(
      64, "Missing expected argument '--clusters <K>'; see 'kmeans stream --help'",
      "stream a.csv --init gaussian")
  }

  @Test func `a model of floats serves doubles and remembers its transform`() throws {
    let place = Workplace.withStream()
    place.write(npyFile(Sample.values.map(Float.init), columns: 2), to: "f.npy")
    try place.stream("f.npy -k 2 --standardize --distance cosine --model m --quiet")
    let facts = try place.facts("a.csv -k 2 --init m --seed 1")
    #expect(facts.standardized)
    #expect(facts.distance == "cosine")
    #expect(facts.precision == "double")
    #expect(facts.born == 0)
  }

  @Test func `gaussian centroids have the columns of the points`() throws {
    let place = Workplace.withStream()
    let two = try place.trace("a.csv -k 3 --init gaussian --init-weight 100 --seed 7")
    #expect(two[0].centroids.allSatisfy { $0.count == 2 })
    #expect(two[0].weights.reduce(0, +) == 304)
    let same = try place.trace(
      "a.csv -k 3 --init gaussian --init-weight 100 --seed 7 --dimension 2")
    #expect(same == two)
    let other = try place.trace("a.csv -k 3 --init gaussian --init-weight 100 --seed 8")
    #expect(other[0].centroids != two[0].centroids)
  }

  @Test func `standardised columns have the units of the input`() throws {
    let place = Workplace.withStream()
    let lines = try place.trace("a.csv b.csv -k 2 --standardize --first-rows 4 --half-life 1")
    let centroids = lines[1].centroids.sorted { $0[0] < $1[0] }
    let expected = [[1.625, 2], [10, 11.5]]
    for (found, expected) in zip(centroids.joined(), expected.joined()) {
      #expect((found - expected).magnitude < 1e-12)
    }
    #expect(try place.facts("a.csv -k 2 --standardize").standardized)
  }

  @Test func `rows without a direction can be left out`() throws {
    let place = Workplace.withStream()
    place.write(csv([[3, 4], [0, 0], [-5, 12]]), to: "c.csv")
    let facts = try place.facts("c.csv -k 2 --distance cosine --on-invalid skip")
    #expect(facts.skippedRows == 1)
    #expect(facts.points == 2)
    try place.stream("c.csv -k 2 --distance cosine --on-invalid skip --model m --quiet")
    #expect(try place.facts("c.csv -k 2 --init m --on-invalid skip").skippedRows == 1)
    try place.expectFailure(
      65,
      "c.csv: row 2 has no direction: all its values are zero, or become zero (rows count from 1)",
      "stream c.csv -k 2 --distance cosine")
  }

  @Test func `cosine centroids have length 1`() throws {
    let place = Workplace.withStream()
    place.write(csv([[3, 4], [6, 8], [-5, 12]]), to: "c.csv")
    let lines = try place.trace("c.csv -k 2 --distance cosine --first-rows 3")
    let centroids = lines[0].centroids.sorted { $0[0] < $1[0] }
    #expect(centroids[1].map { ($0 * 1e12).rounded() } == [0.6e12, 0.8e12])
  }
}
