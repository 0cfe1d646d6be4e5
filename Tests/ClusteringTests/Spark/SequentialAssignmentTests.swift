// Labels by the sum from the first column to the last, which directDistance does not decide.
import Clustering
import Testing

@Suite struct SequentialAssignmentTests {
  /// The argmin of a plain loop, the lowest index on ties.
  private func bruteForce(_ points: [[Double]], _ centroids: [[Double]]) -> [Int32] {
    points.map { point in
      var (label, best) = (0, Double.infinity)
      for (index, centroid) in centroids.enumerated() {
        var sum = 0.0
        for column in point.indices {
          let difference = point[column] - centroid[column]
          sum += difference * difference
        }
        if sum < best { (label, best) = (index, sum) }
      }
      return Int32(label)
    }
  }

  /// Permutations of the same values: equally far from every point whose values are all the same,
  /// but for the rounding of the sums. Duplicates, halves and twins as after a split come along.
  private func centroids(_ columns: Int, _ random: inout TestRandom) -> [[Double]] {
    let values = (0..<columns).map { _ in random.bell() }
    var centroids = (0..<12).map { _ in values.shuffled(using: &random) }
    centroids.append(centroids[3])
    for _ in 0..<6 { centroids.append((0..<columns).map { _ in 4 * random.bell() }) }
    centroids.append(centroids[15].map { $0 + 1e-14 * max($0.magnitude, 1) })
    for _ in 0..<4 { centroids.append((0..<columns).map { _ in random.bell().rounded() }) }
    return centroids
  }

  private func points(
    _ count: Int, _ columns: Int, _ centroids: [[Double]], _ random: inout TestRandom
  ) -> [[Double]] {
    (0..<count).map { row in
      switch row % 4 {
      case 0:
        let value = random.bell()
        return [Double](repeating: value, count: columns)
      case 1:
        return zip(centroids[row % centroids.count], centroids[row / 7 % centroids.count])
          .map { ($0 + $1) / 2 }
      case 2: return (0..<columns).map { _ in random.bell().rounded() }
      default: return (0..<columns).map { _ in 2 * random.bell() }
      }
    }
  }

  @Test(arguments: InstructionSet.available, [1, 2])
  func `labels are those of a plain loop`(isa: InstructionSet, threads: Int) throws {
    for columns in [7, 8, 9, 20, 64, 101] {
      var random = TestRandom(UInt64(columns))
      let centroids = centroids(columns, &random)
      // Several stripes.
      let points = points(3000, columns, centroids, &random)
      let expected = bruteForce(points, centroids)
      var model = SparkModel(
        centroids: try Matrix(centroids), weights: centroids.map { _ in 1 }, instructionSet: isa)
      let found = model.labels(of: points, threads: threads)
      #expect(found.labels == expected, "d=\(columns) \(isa)")
      if columns < 8 {
        #expect(found.redecided == 0)
      } else {
        // Many of the points of equal values are in doubt, the wild ones are not.
        #expect(found.redecided > 400 && found.redecided < 1500, "\(found.redecided)")
      }
      // The test would be empty if directDistance gave the same labels.
      let direct = assign(try Matrix(points), to: try Matrix(centroids), isa: isa).labels
      if columns >= 9 { #expect(direct != expected) }
      if columns < 8 { #expect(direct == expected) }
    }
  }

  /// Memory of a large batch is used again by smaller ones.
  @Test func `batches of any size`() throws {
    var random = TestRandom(5)
    let centroids = centroids(20, &random)
    var model = SparkModel(centroids: try Matrix(centroids), weights: centroids.map { _ in 1 })
    for size in [50, 1, 0, 1025, 64, 2000, 3] {
      let points = points(size, 20, centroids, &random)
      #expect(model.labels(of: points, threads: 2).labels == bruteForce(points, centroids))
    }
  }

  @Test func `rows may lie apart`() throws {
    var random = TestRandom(6)
    let centroids = centroids(20, &random)
    let points = points(300, 20, centroids, &random)
    let apart = points.flatMap { $0 + [.nan, .nan, .nan] }
    let view = try MatrixView(apart.span, rows: 300, columns: 20, rowStride: 23)
    var labels = [Int32](repeating: -1, count: 300)
    var model = SparkModel(centroids: try Matrix(centroids), weights: centroids.map { _ in 1 })
    let update = labels.withUnsafeMutableBufferPointer { labels in
      view.withRows {
        model.update($0, decayFactor: 1, timeUnit: .batches, labels: labels, threads: 2)
      }
    }
    #expect(labels == bruteForce(points, centroids))
    var other = SparkModel(centroids: try Matrix(centroids), weights: centroids.map { _ in 1 })
    #expect(other.update(points, decayFactor: 1).update == update)
    #expect(other.state.bits == model.state.bits)
  }

  @Test func `one cluster gets all`() throws {
    var model = SparkModel(centroids: try Matrix(rows: 1, columns: 20), weights: [1])
    let points = [[Double]](repeating: [Double](repeating: 1, count: 20), count: 5)
    #expect(model.labels(of: points).labels == [0, 0, 0, 0, 0])
  }
}
