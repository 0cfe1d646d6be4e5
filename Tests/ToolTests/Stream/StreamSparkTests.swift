import Testing

/// `--compat spark`: the states of Spark MLlib's StreamingKMeansModel, bit for bit. The expected
/// numbers were made by Apache Spark 4.3.0.
@Suite struct StreamSparkTests {
  @Test func `centroids without weight, and one that dies`() throws {
    let place = Workplace()
    place.write(csv([[0, 0], [1, 1]]), to: "init.csv")
    place.write("[0.5,0.0]\n[0.25,0.25]\n", to: "a.spark")
    place.write("[2.0,2.0]\n", to: "b.spark")
    let lines = try place.trace(
      "a.spark b.spark --compat spark -k 2 --init init.csv --decay-factor 1")
    #expect(
      lines[0].centroids == [
        [0.37500000000001, 0.12500000000001], [0.37499999999999, 0.12499999999999],
      ])
    #expect(lines[0].weights == [1, 1])
    #expect(
      lines[1].centroids == [
        [1.1875000000000049, 1.0625000000000049], [0.37499999999999, 0.12499999999999],
      ])
    #expect(lines[1].weights == [2, 1])
    #expect(lines[0].events.map(\.kind) == ["died", "split"])
  }

  @Test func `weights that grow by decay above 1`() throws {
    let place = Workplace()
    place.write(csv([[0, 0], [1, 1]]), to: "init.csv")
    place.write("[0.0,0.5]\n[1.0,2.0]\n", to: "a.spark")
    let lines = try place.trace(
      "a.spark a.spark --compat spark -k 2 --init init.csv --init-weight 1 --decay-factor 2")
    #expect(lines[1].centroids == [[0, 0.21428571428571427], [1, 1.4285714285714288]])
    #expect(lines[1].weights == [7, 7])
  }

  @Test func `a half-life in points decays by whole batches`() throws {
    let place = Workplace()
    place.write(csv([[0], [1000]]), to: "init.csv")
    place.write("-1\n0.5\n2\n0.25\n-0.5\n", to: "a.csv")
    place.write("-1\n1.5\n", to: "b.csv")
    let lines = try place.trace(
      "a.csv b.csv --compat spark -k 2 --init init.csv --init-weight 1 --half-life 0.5 "
        + "--time-unit points")
    #expect(
      lines.map(\.centroids) == [[[0.24995118140988087], [1000]], [[0.2499934017788804], [1000]]])
    #expect(
      lines.map(\.weights) == [[5.0009765625, 0.0009765625], [2.31256103515625, 6.103515625e-05]])
  }

  /// What Spark's `setRandomCenters` draws with the seed 42, row by row.
  static let random = [
    2.384479054241165, 0.1920934041293524, 0.7337336533286575, -0.5224480195716871,
    2.060084179317831, 0.20963383826633825,
  ]

  @Test func `the random centers of a seed`() throws {
    let place = Workplace()
    // A point upon a center leaves it where it is.
    place.write(csv([Array(Self.random[3...])]), to: "a.csv")
    let lines = try place.trace(
      "a.csv --compat spark -k 2 --init gaussian --init-weight 1 --seed 42")
    #expect(lines[0].centroids == [Array(Self.random[..<3]), Array(Self.random[3...])])
    #expect(lines[0].weights == [1, 2])
  }

  @Test func `the example of Spark's guide is a command`() throws {
    let place = Workplace()
    // Three groups of points, in turn, as text of Spark's vectors.
    let rows = (0..<30).map { index in
      let center = [[0.0, 0], [5, 5], [-5, 5]][index % 3]
      let shift = Double(index) / 100
      return "[\(center[0] + shift),\(center[1] - shift)]\n"
    }
    place.write(rows.joined(), to: "train.txt")
    let outcome = try place.shell(
      """
      "$KMEANS" stream train.txt --format spark --compat spark -k 3 --decay-factor 1.0 \
        --init gaussian --dimension 2 --init-weight 0 --seed 42 --predictions - --quiet \
        | head -n 11
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.text.split(separator: "\n")
    #expect(lines.count == 11)
    // The header, then what is predicted by the centers that were drawn: the nearest of them.
    let centers = [0, 2, 4].map { [Self.random[$0], Self.random[$0 + 1]] }
    for (index, line) in lines.dropFirst().enumerated() {
      let point = rows[index].dropFirst().dropLast(2).split(separator: ",").map { Double($0)! }
      let squares = centers.map { center in
        zip(center, point).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
      }
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let label = squares.firstIndex(of: squares.min()!)!
      #expect(fields[0] == "\(label)")
      #expect(Double(fields[2]) == squares[label])
    }
  }

  @Test func `floats become doubles`() throws {
    let place = Workplace()
    place.write(npyFile([0, 0, 1, 1] as [Float], columns: 2), to: "f.npy")
    #expect(
      try place.facts("f.npy --compat spark -k 1 --init gaussian").precision == "double")
  }
}
