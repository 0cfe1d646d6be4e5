import Clustering
import Testing

@Suite("Streams that were learnt apart") struct MergeTests {
  private func compare<Scalar>(
    _ merged: StreamingKMeans<Scalar>, _ whole: StreamingKMeans<Scalar>, within limit: Double
  ) throws {
    let (a, b) = (try #require(merged.centroids), try #require(whole.centroids))
    let (va, vb) = (
      try #require(merged.clusterVariances), try #require(whole.clusterVariances)
    )
    for cluster in 0..<a.rows {
      let weights = (merged.clusterWeights[cluster], whole.clusterWeights[cluster])
      #expect(relativeDifference(weights.0, weights.1) < limit)
      for column in 0..<a.columns {
        let size = 1 + b[cluster, column].magnitude
        #expect((a[cluster, column] - b[cluster, column]).magnitude < limit * size)
        let spread = 1 + vb[cluster, column]
        #expect((va[cluster, column] - vb[cluster, column]).magnitude < 1e3 * limit * spread)
      }
    }
    #expect(merged.pointCount == whole.pointCount && merged.time == whole.time)
  }

  @Test(arguments: [
    Forgetting.never, .halfLife(3), .halfLife(40, .points), .halfLife(12, .seconds),
  ])
  func `shards with one clock become the whole`(_ forgetting: Forgetting) throws {
    // Clusters so far apart that the assignments are the same.
    let sample = StreamSample(batches: 24, clusters: 3, columns: 5, seed: 11, sizes: 1...60)
    var parameters = StreamingParameters(clusterCount: 3, forgetting: forgetting, seed: 0)
    parameters.deaths = .never
    let start = try StreamingKMeans(
      parameters, centroids: Matrix(sample.centers), weights: [4, 0, 7], at: 1000)
    var (whole, base) = (start, start)
    var parts: [StreamingKMeans<Double>] = []
    var points = 1000
    for (number, rows) in sample.batches.enumerated() {
      if number == 8 {
        base = whole
        parts = [base, base]
      }
      let weights = sample.weights[number]
      let times =
        switch forgetting.unit {
        case .batches: rows.map { _ in 1001 + Double(number) }
        case .points: rows.indices.map { Double(points + 1 + $0) }
        case .seconds: sample.times[number]
        }
      points += rows.count
      let matrix = try sample.matrix(number, of: Double.self)
      _ = try whole.update(matrix.view, weights: weights.span, times: times.span)
      for part in parts.indices {
        let own = rows.indices.filter { ($0 + number) % 2 == part }
        guard !own.isEmpty else { continue }
        let (ownWeights, ownTimes) = (own.map { weights[$0] }, own.map { times[$0] })
        let ownRows = matrix.picking(own)
        _ = try parts[part].update(
          ownRows.view, weights: ownWeights.span, times: ownTimes.span)
      }
    }
    var merged = parts[0]
    try merged.merge(parts[1], since: base)
    try compare(merged, whole, within: 1e-11)
    var other = parts[1]
    try other.merge(parts[0], since: base)
    try compare(other, whole, within: 1e-11)
    // It goes on as the whole does.
    let rows = try sample.matrix(0, of: Double.self)
    let times = (0..<rows.rows).map { _ in merged.time! + 10 }
    let labels = try merged.update(rows.view, times: times.span, withLabels: true).labels
    #expect(try whole.update(rows.view, times: times.span, withLabels: true).labels == labels)
  }

  @Test
  func `streams with nothing in common add up`() throws {
    let initial = try Matrix<Float>([[0], [100]])
    var left = try StreamingKMeans(centroids: initial, weights: [1, 1], seed: 0)
    var right = try StreamingKMeans(centroids: initial, weights: [3, 1], seed: 0)
    _ = try left.learn(Matrix<Float>([[4], [100]]))
    _ = try right.learn(Matrix<Float>([[8]]))
    try left.merge(right)
    #expect(left.clusterWeights == [6, 3])
    #expect(left.centroids![0, 0] == 2)
    #expect(left.latestModel?.clusterWeights == [6, 3])
    #expect(try left.ask(Matrix<Float>([[3]])).squaredDistances == [1])
  }

  @Test
  func `what cannot be merged is refused, and nothing changes`() throws {
    let initial = try Matrix<Double>([[0], [100]])
    func stream(_ change: (inout StreamingParameters) -> Void = { _ in }) throws
      -> StreamingKMeans<Double>
    {
      var parameters = StreamingParameters(clusterCount: 2, forgetting: .halfLife(1), seed: 0)
      change(&parameters)
      return try StreamingKMeans(parameters, centroids: initial, weights: [1, 1])
    }
    let plain = try stream()
    let others = [
      StreamingKMeans<Double>(clusterCount: 2, forgetting: .halfLife(1), seed: 0),
      try stream { $0.forgetting = .halfLife(2) }, try stream { $0.gain = .fixed },
      try stream { $0.rules = .spark },
    ]
    for other in others {
      for (a, b) in [(plain, other), (other, plain)] {
        var merged = a
        #expect(throws: ClusteringError.self) { try merged.merge(b) }
        #expect(merged.clusterWeights == a.clusterWeights)
      }
    }
    // A cluster died in one of them.
    var changed = plain
    for value in 0..<9 {
      _ = try changed.learn(Matrix([[Double(value)], [1 + Double(value)]]))
    }
    #expect(changed.ids == [0, 2])
    #expect(throws: ClusteringError.streaming(.mergeOfOtherClusters(cluster: 1, ids: [1, 2]))) {
      var merged = plain
      try merged.merge(changed)
    }
    // The same id, and another cluster.
    var other = plain
    for value in 0..<9 { try other.learn(Matrix([[50 + Double(value)], [Double(value)]])) }
    if other.ids == changed.ids {
      #expect(throws: ClusteringError.self) { try changed.merge(other) }
    } else {
      Issue.record("\(other.ids)")
    }
    // No two streams begin with the same clusters among different rows.
    var (left, right) = (
      StreamingKMeans<Double>(clusterCount: 2, seed: 0),
      StreamingKMeans<Double>(clusterCount: 2, seed: 0)
    )
    try left.learn(Matrix((0..<40).map { [Double($0)] }))
    try right.learn(Matrix((0..<40).map { [1000 - Double($0)] }))
    #expect(throws: ClusteringError.self) { try left.merge(right) }
    // What is no beginning of both.
    var learnt = plain
    try learnt.learn(Matrix([[1.0]]))
    var (one, two) = (plain, plain)
    #expect(throws: ClusteringError.self) { try one.merge(plain, since: learnt) }
    try two.learn(Matrix([[1.0]]))
    try one.learn(Matrix([[1.0]]))
    try one.merge(two, since: plain)
    #expect(one.pointCount == 2)
  }

  @Test
  func `by seconds a stream that shall be merged begins at a time`() throws {
    let parameters = StreamingParameters(
      clusterCount: 1, forgetting: .halfLife(1, .seconds), seed: 0)
    let start = try StreamingKMeans<Double>(parameters, centroids: Matrix([[0.0]]))
    var left = start
    let (rows, times) = (try Matrix([[1.0]]), [5.0])
    _ = try left.update(rows.view, times: times.span)
    do throws(ClusteringError) {
      try left.merge(start)
      Issue.record("merged")
    } catch {
      #expect(error.description.contains("without a time yet"))
    }
  }
}
