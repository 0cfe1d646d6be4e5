import Testing

/// Files that centroids come from: models, and rows whose format nothing says.
@Suite struct InitialCentroidTests {
  @Test func `a fit starts from a model`() throws {
    let place = Workplace.withSample()
    #expect(
      try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m").status == 0
    )
    let outcome = try place.kmeans(
      "fit", "a.npy", "-k", "2", "--init", "m", "--centroids", "c.csv", "--json")
    #expect(outcome.status == 0 && outcome.text.contains("\"initialization\":\"m\""))
    #expect(try place.text("c.csv", under: "column1,column2") == Sample.centroids)
    try place.expectFailure(
      65, "m: 2 initial centroids, expected 3 as -k says; without -k there are 2 clusters",
      "fit a.npy -k 3 --init m")
  }

  @Test func `there are as many clusters as centroids`() throws {
    let place = Workplace.withSample()
    place.write("x,y\n1,2\n10,11\n", to: "start.csv")
    try place.kmeans("fit", "a.npy", "-k", "2", "--init", "start.npy", "--model", "m")
    for start in ["start.npy", "start.csv", "m"] {
      let outcome = try place.kmeans("fit", "a.csv", "--init", start, "--labels", "-", "--quiet")
      #expect(outcome.status == 0 && outcome.text == Sample.labels, "\(outcome.errors)")
      try place.expectFailure(
        65, "\(start): 2 initial centroids, expected 3 as -k says; without -k there are 2 clusters",
        "fit a.csv --init \(start) -k 3")
    }
    try place.expectFailure(
      64, "-k 0: expected at least 1", "fit a.csv --init m -k 0")
    try place.expectFailure(
      64, "Missing expected argument '--clusters <K>'; see 'kmeans fit --help'",
      "fit a.csv --init random")
  }

  @Test func `a pipe of centroids is not counted`() throws {
    let place = Workplace.withSample()
    place.write("1,2\n10,11\n", to: "start.csv")
    let command = "cat start.csv | \"$KMEANS\" fit a.npy --init /dev/stdin --labels - --quiet"
    #expect(try place.shell("\(command) -k 2").text == Sample.labels)
    let outcome = try place.shell(command)
    #expect(
      outcome.status == 64
        && outcome.errors
          == "kmeans: --init /dev/stdin: a pipe is read once, and its centroids are not counted before: "
          + "expected -k K\n"
    )
  }

  @Test func `centroids of a name without a format have that of the points`() throws {
    let place = Workplace()
    place.write("[0.0,0.0]\n[1.0,2.0]\n", to: "c.txt")
    place.write("[0.5,0.0]\n[1.0,2.5]\n", to: "p.txt")
    for command in [
      "fit p.txt --format spark -k 2 --init c.txt --quiet",
      "stream p.txt --format spark -k 2 --init c.txt --quiet",
      "assign p.txt --format spark --centroids c.txt --labels l.csv --quiet",
    ] {
      let outcome = try place.run(Program.kmeans, command.split(separator: " ").map(String.init))
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try place.text("l.csv", under: "cluster") == "0\n1\n")
  }
}
