// The reference of streaming k-means against numbers worked out by hand.
import Foundation
import KMeansReference
import Testing

@Suite struct ReferenceStreamTests {
  /// The largest difference of two arrays of rows.
  private func difference(_ a: [[Double]], _ b: [[Double]]) -> Double {
    zip(a.joined(), b.joined()).map { ($0 - $1).magnitude }.max() ?? 0
  }

  /// Half-life of one batch: the weights are 1, then 1/2 + 1, ...; the start counts until it is
  /// gone.
  @Test func `a half life of one batch by hand`() {
    for forgetting in [ReferenceStream.Forgetting.halfLife(1), .decayFactor(0.5)] {
      var stream = ReferenceStream(
        centers: [[8], [100]], weights: [4, 1], forgetting: forgetting, of: Double.self)
      #expect(stream.update([[0], [2]]) == [0, 0])
      // (4/2 · 8 + 0 + 2) / (4/2 + 2) = 18/4
      #expect(stream.state.centers == [[4.5], [100]])
      #expect(stream.state.weights == [4, 0.5])
      #expect(stream.state.variances == [[(4.5 * 4.5 + 2.5 * 2.5) / 2], [0]])
      #expect(stream.update([[6], [90]]) == [0, 1])
      // (4/4 · 8 + (0 + 2)/2 + 6) / (4/4 + 2/2 + 1), (1/4 · 100 + 90) / (5/4)
      #expect(stream.state.centers == [[5], [92]])
      #expect(stream.state.weights == [3, 1.25])
      #expect(stream.state.momentWeights == [2, 1])
      #expect(stream.state.variances == [[(0.5 * 25 + 0.5 * 9 + 1) / 2], [4]])
      // An empty batch is a tick of the clock: weights halve, nothing else changes.
      #expect(stream.update([]) == [] && stream.state.centers == [[5], [92]])
      #expect(stream.state.weights == [1.5, 0.625])
      #expect(stream.state.variances == [[(0.5 * 25 + 0.5 * 9 + 1) / 2], [4]])
    }
  }

  @Test func `without forgetting it is the mean of all`() {
    var stream = ReferenceStream(
      centers: [[0, 0]], weights: [0], forgetting: .never, of: Double.self)
    _ = stream.update([[1, 1], [3, 1]])
    _ = stream.update([[5, 1]], weights: [2])
    #expect(stream.state.centers == [[3.5, 1]])
    #expect(stream.state.weights == [4])
    #expect(stream.state.variances == [[(6.25 + 0.25 + 2 * 2.25) / 4, 0]])
  }

  /// Decay 0 keeps the batch alone; a cluster that misses it has no weight and stays where it was.
  @Test func `a decay of zero keeps now`() {
    var stream = ReferenceStream(
      centers: [[0], [10]], weights: [5, 5], forgetting: .decayFactor(0), of: Double.self)
    _ = stream.update([[1], [3], [9]])
    #expect(stream.state.centers == [[2], [9]] && stream.state.weights == [2, 1])
    _ = stream.update([[4]])
    #expect(stream.state.centers == [[4], [9]] && stream.state.weights == [1, 0])
    #expect(stream.state.variances == [[0], [0]])
  }

  /// The age of a point is the number of points after it.
  @Test func `points age inside a batch`() {
    var stream = ReferenceStream(
      centers: [[16]], weights: [8], forgetting: .halfLife(1), clock: .points, of: Double.self)
    _ = stream.update([[4], [2], [1]])
    // 8/8 · 16 + 4/4 + 2/2 + 1 over 8/8 + 1/4 + 1/2 + 1
    #expect(stream.state.centers == [[19 / 2.75]] as [[Double]])
    #expect(stream.state.weights == [2.75])
    #expect(stream.update([]) == [] && stream.state.weights == [2.75])
  }

  @Test(arguments: [ReferenceStream.Clock.points, .seconds])
  func `slicing changes nothing`(clock: ReferenceStream.Clock) {
    var random = TestRandom(3)
    let rows = (0..<60).map { [Double($0 % 2) * 50 + random.bell(), random.bell()] }
    let weights = rows.indices.map { Double($0 % 5) / 2 }
    let times = rows.indices.map { Double($0 * $0) / 40 }
    let states = [1, 5, 20, 60].map { size in
      var stream = ReferenceStream(
        centers: [[1, 1], [48, -1]], weights: [3, 2], forgetting: .halfLife(20), clock: clock,
        start: 0, of: Float.self)
      for first in stride(from: 0, to: 60, by: size) {
        let part = first..<first + size
        let labels = stream.update(
          Array(rows[part]), weights: Array(weights[part]), times: Array(times[part]))
        #expect(labels == part.map { $0 % 2 })
      }
      return stream.state
    }
    for state in states.dropFirst() {
      let (weights, others) = (state.weights + state.momentWeights, states[0])
      #expect(difference(state.centers, others.centers) < 1e-12)
      #expect(difference(state.variances, others.variances) < 1e-12)
      #expect(difference([weights], [others.weights + others.momentWeights]) < 1e-12)
    }
  }

  /// The rule of Spark, n' = g n + m and c' = (g n c + S) / n', a batch after another.
  @Test func `equals the recurrence`() {
    var random = TestRandom(4)
    var stream = ReferenceStream(
      centers: [[0, 0], [3, 3], [-4, 2]], weights: [1, 0, 2.5], forgetting: .decayFactor(0.7),
      of: Double.self)
    var (centers, weights) = (stream.state.centers, stream.state.weights)
    for batch in 0..<12 {
      let rows = (0..<batch * 3).map { _ in [random.bell() * 3, random.bell() * 3] }
      let labels = stream.update(rows)
      for cluster in centers.indices {
        let own = rows.indices.filter { labels[$0] == cluster }.map { rows[$0] }
        let old = weights[cluster] * 0.7
        weights[cluster] = old + Double(own.count)
        guard !own.isEmpty else { continue }
        for column in 0..<2 {
          centers[cluster][column] =
            (old * centers[cluster][column] + own.reduce(0) { $0 + $1[column] }) / weights[cluster]
        }
      }
      #expect(difference(stream.state.centers, centers) < 1e-12)
      #expect(difference([stream.state.weights], [weights]) < 1e-12)
    }
  }

  /// Late points are as old as they are, whenever they come.
  @Test func `seconds in any order`() {
    func state(_ order: [Int]) -> ReferenceStream.State {
      var stream = ReferenceStream(
        centers: [[0]], weights: [1], forgetting: .halfLife(10), clock: .seconds, start: 100,
        of: Double.self)
      for part in [order[0..<2], order[2..<3], order[3...]] {
        _ = stream.update(part.map { [Double($0)] }, times: part.map { 100 + 10 * Double($0) })
      }
      return stream.state
    }
    let sorted = state([0, 1, 2, 3])
    #expect(sorted.weights == [1.0 / 8 + 1.0 / 8 + 1.0 / 4 + 1.0 / 2 + 1])
    #expect(difference(sorted.centers, [[(0.25 + 1 + 3) / 2]]) < 1e-15)
    for order in [[3, 2, 1, 0], [2, 0, 3, 1]] {
      let other = state(order)
      #expect(other.weights == sorted.weights)
      #expect(difference(other.centers, sorted.centers) < 1e-15)
      #expect(difference(other.variances, sorted.variances) < 1e-15)
    }
  }

  @Test func `without a start seconds begin with the first points`() {
    var stream = ReferenceStream(
      centers: [[0]], weights: [4], forgetting: .halfLife(1), clock: .seconds, of: Double.self)
    #expect(stream.update([], times: []) == [] && stream.state.weights == [4])
    _ = stream.update([[1], [1]], times: [51, 50])
    // 2 + 1 + 0.5
    #expect(stream.state.weights == [3.5])
    var fixed = fixedGain(.seconds)
    _ = fixed.update([[1], [1]], times: [51, 50])
    #expect(fixed.state.centers == [[0.5]] as [[Double]])
  }

  private func fixedGain(_ clock: ReferenceStream.Clock, start: Double? = nil) -> ReferenceStream {
    ReferenceStream(
      centers: [[0]], weights: [1], forgetting: .halfLife(1), clock: clock, gain: .fixed,
      start: start, of: Double.self)
  }

  /// A fixed gain moves by 1 - 2^(-elapsed / h), whatever the weights are.
  @Test func `a fixed gain by hand`() {
    var batches = ReferenceStream(
      centers: [[0], [100]], weights: [1000, 1], forgetting: .halfLife(0.5), gain: .fixed,
      of: Double.self)
    _ = batches.update([[7], [9]])
    #expect(batches.state.centers == [[6], [100]])
    #expect(batches.state.weights == [252, 0.25])
    // About the center that is: (1 + 9) / 2.
    #expect(batches.state.variances == [[5], [0]])

    var points = fixedGain(.points)
    _ = points.update([[3], [6]])
    // 3/4 of the way to (3/2 + 6) / (3/2) = 5
    #expect(points.state.centers == [[3.75]])

    var seconds = fixedGain(.seconds, start: 9)
    _ = seconds.update([[6], [3]], times: [11, 10])
    #expect(seconds.state.centers == [[3.75]])
    _ = seconds.update([[50]], times: [11])  // no time has passed
    #expect(seconds.state.centers == [[3.75]])
  }

  /// Equal batches: the weighted gain tends to the fixed one as the weights settle at m / (1 - g).
  @Test func `the two gains meet`() {
    func center(_ gain: ReferenceStream.Gain) -> Double {
      var stream = ReferenceStream(
        centers: [[0]], weights: [4], forgetting: .decayFactor(0.5), gain: gain, of: Double.self)
      for batch in 0..<5 { _ = stream.update([[Double(batch)], [Double(batch) + 1]]) }
      return stream.state.centers[0][0]
    }
    #expect((center(.weighted) - center(.fixed)).magnitude < 1e-14)
  }

  /// Labels are decided by the rounded centers, the lowest on ties; the state is not rounded.
  @Test func `labels see rounded centers`() {
    func label<Scalar: BinaryFloatingPoint>(_ type: Scalar.Type) -> [Int] {
      var stream = ReferenceStream(
        centers: [[1 + 0x1p-30], [1]], weights: [1, 1], forgetting: .never, of: type)
      return stream.update([[1]])
    }
    #expect(label(Float.self) == [0] && label(Double.self) == [1])
  }
}
