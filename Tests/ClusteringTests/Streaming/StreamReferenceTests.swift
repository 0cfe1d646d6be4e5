import Clustering
import KMeansReference
import Testing

@Suite("A stream equals its definition over all points ever seen") struct StreamReferenceTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let forgetting: Forgetting
    let reference: ReferenceStream.Forgetting
    let clock: ReferenceStream.Clock
    var gain = StreamingParameters.Gain.weighted
    var weighted = false
    var testDescription: String { "\(forgetting.pace) \(forgetting.unit) \(gain) \(weighted)" }
  }

  static let cases: [Case] = [
    Case(forgetting: .never, reference: .never, clock: .batches),
    Case(forgetting: .never, reference: .never, clock: .batches, weighted: true),
    Case(forgetting: .decayFactor(0.7), reference: .decayFactor(0.7), clock: .batches),
    Case(forgetting: .decayFactor(0), reference: .decayFactor(0), clock: .batches),
    Case(forgetting: .forgetfulness(0.25), reference: .decayFactor(0.75), clock: .batches),
    Case(
      forgetting: .halfLife(2), reference: .halfLife(2), clock: .batches, gain: .fixed,
      weighted: true),
    Case(
      forgetting: .halfLife(30, .points), reference: .halfLife(30), clock: .points, weighted: true),
    Case(
      forgetting: .halfLife(30, .points), reference: .halfLife(30), clock: .points, gain: .fixed),
    Case(forgetting: .decayFactor(0.99, .points), reference: .decayFactor(0.99), clock: .points),
    Case(
      forgetting: .halfLife(17, .seconds), reference: .halfLife(17), clock: .seconds,
      weighted: true),
    Case(forgetting: .halfLife(0.4, .seconds), reference: .halfLife(0.4), clock: .seconds),
    Case(
      forgetting: .halfLife(9, .seconds), reference: .halfLife(9), clock: .seconds, gain: .fixed),
    Case(forgetting: .never, reference: .never, clock: .seconds, weighted: true),
  ]

  private func check<Scalar: ClusteringScalar>(
    _ test: Case, columns: Int, offset: Double, of type: Scalar.Type
  ) throws {
    let sample = StreamSample(
      batches: 40, clusters: 4, columns: columns, seed: UInt64(columns), offset: offset)
    let initial = [3.0, 0, 1.5, 10]
    var parameters = StreamingParameters(clusterCount: 4, forgetting: test.forgetting, seed: 0)
    parameters.gain = test.gain
    parameters.deaths = .never
    parameters.execution.threads = 2
    let given = try Matrix(sample.centers.map { $0.map { Scalar($0) } })
    var stream = try StreamingKMeans(parameters, centroids: given, weights: initial)
    var reference = ReferenceStream(
      centers: given.doubles, weights: initial, forgetting: test.reference, clock: test.clock,
      gain: test.gain == .fixed ? .fixed : .weighted, of: type)
    for batch in sample.batches.indices {
      let points = try sample.matrix(batch, of: type)
      let (weights, times) = (sample.weights[batch], sample.times[batch])
      let report = try stream.update(
        points.view, weights: test.weighted ? weights.span : nil,
        times: test.clock == .seconds ? times.span : nil, withLabels: true)
      let labels = reference.update(
        points.doubles, weights: test.weighted ? weights : nil,
        times: test.clock == .seconds ? times : nil)
      #expect(report.labels == labels.map(Int32.init))
      try compare(stream, reference.state, spread: 1 + offset * 1e-9, batch)
    }
  }

  private func compare<Scalar>(
    _ stream: StreamingKMeans<Scalar>, _ state: ReferenceStream.State, spread: Double, _ batch: Int
  ) throws {
    let centers = try #require(stream.centroids)
    let weights = stream.clusterWeights
    let variances = try #require(stream.clusterVariances)
    for cluster in state.weights.indices {
      #expect(
        relativeDifference(weights[cluster], state.weights[cluster]) < 1e-11, "batch \(batch)")
      // Where next to nothing is left, the reference has lost its digits, too.
      let isFaint = state.momentWeights[cluster] < 1e-9
      for column in 0..<centers.columns {
        let expected = state.centers[cluster][column]
        #expect(
          (centers[cluster, column] - expected).magnitude
            <= 1e-11 * (spread + expected.magnitude), "batch \(batch)")
        guard !isFaint else { continue }
        #expect(
          (variances[cluster, column] - state.variances[cluster][column]).magnitude
            <= 1e-7 * spread * (1 + state.variances[cluster][column]), "batch \(batch)")
      }
    }
  }

  @Test(arguments: cases)
  func `centers, weights and variances, in every unit of time`(_ test: Case) throws {
    for columns in [1, 3, 8, 17] {
      try check(test, columns: columns, offset: 0, of: Double.self)
      try check(test, columns: columns, offset: 0, of: Float.self)
    }
  }

  @Test(arguments: cases.prefix(3))
  func `an offset of the data costs next to no digits`(_ test: Case) throws {
    try check(test, columns: 5, offset: 1e6, of: Double.self)
  }

  @Test
  func `the same 60 points in batches of 1, 5, 20 and 60 give the same state`() throws {
    // Spark's centers differ by 25 % here: it decays whole batches.
    let sample = StreamSample(batches: 1, clusters: 2, columns: 2, seed: 7, sizes: 60...60)
    let points = try sample.matrix(0, of: Double.self)
    var states: [(Matrix<Double>, [Double])] = []
    for size in [1, 5, 20, 60] {
      var parameters = StreamingParameters(
        clusterCount: 2, forgetting: .halfLife(20, .points), seed: 0)
      parameters.deaths = .never
      var stream = try StreamingKMeans(
        parameters, centroids: Matrix(sample.centers), weights: [1, 2])
      for first in stride(from: 0, to: 60, by: size) {
        _ = try stream.update(points.view.rows(first..<first + size))
      }
      states.append((try #require(stream.centroids), stream.clusterWeights))
    }
    for (centers, weights) in states.dropFirst() {
      for cluster in 0..<2 {
        #expect(relativeDifference(weights[cluster], states[0].1[cluster]) < 1e-13)
        for column in 0..<2 {
          #expect((centers[cluster, column] - states[0].0[cluster, column]).magnitude < 1e-12)
        }
      }
    }
  }

  @Test
  func `inertia before and after are those of the same labels`() throws {
    let sample = StreamSample(batches: 6, clusters: 3, columns: 7, seed: 3, sizes: 500...3000)
    var stream = try StreamingKMeans<Float>(
      centroids: Matrix(sample.centers.map { $0.map { Float($0) } }), weights: [9, 9, 9],
      forgetting: .halfLife(2), seed: 0)
    for batch in sample.batches.indices {
      let points = try sample.matrix(batch, of: Float.self)
      let before = try #require(stream.latestModel).centroids.doubles
      let weights = sample.weights[batch]
      let report = try stream.update(points.view, weights: weights.span, withLabels: true)
      let after = try #require(stream.latestModel).centroids.doubles
      let labels = try #require(report.labels)
      for (centers, inertia) in [(before, report.inertia), (after, report.inertiaAfter)] {
        var sum = 0.0
        for (row, values) in points.doubles.enumerated() {
          let center = centers[Int(labels[row])]
          sum += weights[row] * zip(values, center).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        #expect(relativeDifference(sum, inertia) < 1e-9)
      }
      #expect(report.counts.reduce(0, +) == points.rows)
      #expect(relativeDifference(report.weights.reduce(0, +), weights.reduce(0, +)) < 1e-12)
    }
  }
}
