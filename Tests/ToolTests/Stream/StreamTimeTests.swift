import Testing

/// Times that are late, early, or no seconds; and models that know what time it is.
@Suite struct StreamTimeTests {
  @Test func `rows that are too late are counted and left out`() throws {
    let place = Workplace.withStream()
    place.write("t,x\n1000,1\n1001,2\n850,3\n1001,3\n", to: "late.csv")
    let command = "late.csv -k 1 --time-column t --half-life 1 --first-rows 1"
    let outcome = try place.stream("\(command) --predictions p.csv --centroids c.csv")
    #expect(outcome.text.contains("batch 1: 4 points, inertia "))
    #expect(outcome.text.contains(", 1 cluster born, 1 too late\n"))
    #expect(outcome.text.contains("1 point came more than 100 half-lives before the first one"))
    #expect(
      outcome.errors.contains(
        "late.csv: points from more than 100 half-lives before the first one are too late: they are "
          + "counted and not learnt\n"))
    // (1/2 + 2 + 3) / 2.5
    #expect(try place.text("c.csv", under: "x") == "2.2\n")
    #expect(try place.text("p.csv").split(separator: "\n").count == 5)
    let facts = try place.facts("\(command) --batch-size 1")
    #expect(facts.tooLatePoints == 1 && facts.points == 4)
  }

  @Test func `milliseconds are asked about`() throws {
    let place = Workplace.withStream()
    place.write("t,x\n1700000000000,1\n1700000002000,2\n", to: "ms.csv")
    let command = "ms.csv -k 1 --time-column t --half-life 1000 --first-rows 1"
    let outcome = try place.stream(command)
    #expect(
      outcome.errors.contains(
        "ms.csv: the first time is 1700000000000.0 seconds, after the year 3000: are these "
          + "milliseconds? Half-lives are counted in seconds\n"))
    place.write("t,x\n1700000000,1\n1700000002,2\n", to: "ms.csv")
    #expect(!(try place.stream(command).errors.contains("year 3000")))
  }

  @Test func `a model goes on to the same bits, its clock included`() throws {
    let place = Workplace.withStream()
    place.write("t,x\n0,0\n1,0\n", to: "ta.csv")
    place.write("t,x\n100,10\n101,10\n", to: "tb.csv")
    let options =
      "--time-column t --half-life 10 --centroids c.csv --cluster-weights w.csv --first-rows 1"
    try place.stream("ta.csv tb.csv -k 1 \(options) --quiet")
    let (centroids, weights) = (try place.text("c.csv"), try place.text("w.csv"))
    #expect(centroids.hasPrefix("x\n9.99"))
    try place.stream("ta.csv -k 1 \(options) --model h.kmeans --quiet")
    let again = options.replacing(" --first-rows 1", with: "")
    let outcome = try place.stream("tb.csv --init h.kmeans \(again)")
    #expect(try place.text("c.csv") == centroids)
    #expect(try place.text("w.csv") == weights)
    #expect(
      outcome.errors.contains(
        "h.kmeans: its centroids and weights go on; cluster ids, batch numbers, the spread of "
          + "clusters (outlier scores) and how long they got no points (--deaths) begin anew; the "
          + "clock goes on at 1.0 seconds\n"))
    #expect(!outcome.errors.contains("how fast is forgotten"))
    let other = try place.stream("tb.csv --init h.kmeans --half-life 3 --columns x")
    #expect(
      other.errors.contains(
        "h.kmeans: its time is 1.0 seconds, which says nothing of batches: its weights count as of "
          + "the first point\n"))
    #expect(
      other.errors.contains(
        "h.kmeans: how fast is forgotten does not go on: before half-life 10s, now half-life 3 batches "
          + "(--half-life, --decay-factor)\n"))
    #expect(
      try place.stream("tb.csv --init h.kmeans --columns x").errors.contains(
        "does not go on: before half-life 10s, now nothing is forgotten (--half-life, --decay-factor)\n"
      ))
    _ = try place.kmeans("fit", "ta.csv", "--columns", "x", "-k", "1", "--model", "f")
    #expect(
      try place.stream("tb.csv --init f --half-life 3 --columns x").errors.contains(
        "f: it does not say its time: its weights count as of the first point\n"))
    // The number of clusters is that of the model, unless another is asked for.
    try place.expectFailure(
      65, "h.kmeans: 1 initial centroid, expected 2 as -k says; without -k there is 1 cluster",
      "stream tb.csv -k 2 --init h.kmeans --columns x --quiet")
  }

  @Test func `lengths of cosine means go on`() throws {
    let place = Workplace.withStream()
    place.write("1,0\n0,1\n", to: "ca.csv")
    place.write("0,1\n0,1\n", to: "cb.csv")
    let options = "--distance cosine --centroids c.csv --quiet"
    try place.stream("ca.csv cb.csv -k 1 --first-rows 1 \(options)")
    let whole = try place.text("c.csv")
    try place.stream("ca.csv -k 1 --first-rows 1 \(options) --model m")
    try place.stream("cb.csv --init m \(options)")
    #expect(try place.text("c.csv") == whole)
  }

  @Test func `the model of a stream says what it is`() throws {
    let place = Workplace.withStream()
    try place.stream("a.csv b.csv -k 2 --init start.npy --half-life 1 --model m --quiet")
    let outcome = try place.kmeans("info", "m")
    #expect(
      outcome.text == """
        file             m
        kind             k-means model
        precision        double
        clusters         2
        dimension        2
        distance         euclidean
        standardized     no
        batches          2
        timeUnit         batches
        time             2
        halfLife         1
        inertia          0.59375
        weight           3
        largestCluster   2
        smallestCluster  1
        format           csv
        fileColumns      2
        names            x, y

        centroids, the largest clusters first
        cluster      0     1
        x        1.625    10
        y            2  11.5

        """)
    try place.stream("a.csv -k 2 --init start.npy --model m --quiet")
    #expect(try place.kmeans("info", "m").text.contains("halfLife         never\n"))
  }
}
