// Streams: the rows of a case in batches.
import Clustering
import KMeansReference

extension SweepFaults {
  /// Learns a case batch by batch, and says of all its points what the stream knows after each.
  mutating func checkStream<Scalar: ClusteringScalar>(_ input: SweepCase<Scalar>) {
    var random = input.generator(2)
    var parameters = StreamingParameters(clusterCount: input.clusters, seed: random.next())
    parameters.forgetting = [.never, .halfLife(1), .halfLife(3, .points)][Int(random.next() % 3)]
    parameters.deaths = [.never, .afterHalfLives(8), .afterHalfLives(0.5)][Int(random.next() % 3)]
    parameters.gain =
      parameters.forgetting == .never || random.next() % 2 == 0 ? .weighted : .fixed
    let first = Int.random(in: 1...input.points.rows, using: &random)
    parameters.start = .firstRows(max(input.clusters, first))
    parameters.execution.threads = 1
    let batches = SweepBatches(input, &random)
    begin("stream")
    let found = run(parameters, input, batches, checks: true)
    if found.count > 1 { begin("learnt") }
    for way in SweepWay.few(1, input.number) {
      parameters.execution = way.execution
      check(run(parameters, input, batches, checks: false) == found, "other bits by \(way)")
    }
  }

  /// - Returns: the bits of all that was found.
  private mutating func run<Scalar: ClusteringScalar>(
    _ parameters: StreamingParameters, _ input: SweepCase<Scalar>, _ batches: SweepBatches<Scalar>,
    checks: Bool
  ) -> [UInt64] {
    var stream = StreamingKMeans<Scalar>(parameters)
    var (bits, isSplit) = ([UInt64](), false)
    for (number, range) in batches.ranges.enumerated() {
      let (points, weights) = (batches.points[number], batches.weights[number])
      let before = stream.latestModel?.centroids.doubles
      do throws(ClusteringError) {
        let found = try stream.predictThenUpdate(
          points.view, weights: weights?.span, withLabels: true)
        bits += found.report.labels!.map { UInt64(bitPattern: Int64($0)) }
        bits += [found.report.inertia, found.report.inertiaAfter].bits
        bits += stream.clusterWeights.bits + (stream.centroids?.bits ?? [])
        isSplit = isSplit || found.report.events.contains { $0.kind != .born }
        guard checks else { continue }
        checkReport(found.report, points.doubles, before)
        checkState(
          stream, input, until: range.upperBound, hasBox: !isSplit, parameters.forgetting == .never)
        checkPredictions(stream, input)
      } catch {
        if checks { checkRefusal(error, input, range) }
        bits.append(UInt64(number))
        break
      }
    }
    return bits
  }

  private mutating func checkRefusal<Scalar: ClusteringScalar>(
    _ error: ClusteringError, _ input: SweepCase<Scalar>, _ range: Range<Int>
  ) {
    switch error {
    case .tooLarge(let row, let column, _):
      check(
        range.contains(range.lowerBound + row)
          && Double(input.points[range.lowerBound + row, column]).magnitude > 1e140, "\(error)")
    case .invalidTotalWeight(let total):
      // The weights of a stream grow by up to 2^500 before they are counted anew.
      check(!(total > 0 && total < 0x1p500), "\(error)")
    case .specific(let specific) where specific.error is StreamingError:
      guard case .weightsOverflow? = error.specific(StreamingError.self) else {
        return check(false, "\(error)")
      }
      check(!(input.totalWeight < 0x1p500), "\(error)")
    default:
      check(input.mayOverflow || input.mayUnderflow(until: range.upperBound), "\(error)")
    }
  }

  private mutating func checkReport(
    _ report: BatchReport, _ rows: [[Double]], _ before: [[Double]]?
  ) {
    checkFinite([report.inertia, report.inertiaAfter] + report.weights + report.moves, "report")
    if let before {
      checkLabels(report.labels!, rows, before)
    } else {
      check(report.labels! == rows.map { _ in -1 }, "labels \(report.labels!)")
    }
  }

  private mutating func checkState<Scalar: ClusteringScalar>(
    _ stream: StreamingKMeans<Scalar>, _ input: SweepCase<Scalar>, until end: Int, hasBox: Bool,
    _ forgetsNothing: Bool
  ) {
    guard let model = stream.latestModel, let centroids = stream.centroids else { return }
    checkFinite(
      centroids.doubles.flatMap { $0 } + stream.clusterWeights + [model.inertia], "stream")
    check(model.inertia >= 0, "inertia \(model.inertia)")
    if forgetsNothing {
      let total = (0..<end).reduce(0) { $0 + input.weight($1) }
      checkSum(stream.clusterWeights.reduce(0, +), total, "weight")
    }
    if hasBox {
      // A cluster that never had any weight is where it began.
      let weights = stream.clusterWeights
      checkBox(centroids.doubles, input, until: end) {
        weights[$0] > 0
      }
    }
  }

  private mutating func checkPredictions<Scalar: ClusteringScalar>(
    _ stream: StreamingKMeans<Scalar>, _ input: SweepCase<Scalar>
  ) {
    guard input.refused == nil, let model = stream.latestModel else { return }
    let (rows, centroids) = (input.rows, model.centroids.doubles)
    guard let found = try? stream.predict(input.points.view) else {
      return check(false, "no predictions")
    }
    checkLabels(found.labels, rows, centroids)
    for row in rows.indices {
      let distances = centroids.map { Reference.squaredDistance(rows[row], $0) }.sorted()
      let margin = (distances.count > 1 ? distances[1] : .infinity).squareRoot()
      check(found.squaredDistances[row] == distances[0], "distance of row \(row)")
      check(found.margins[row] == margin - distances[0].squareRoot(), "margin of row \(row)")
      let (score, tail) = (found.outlierScores[row], found.tailProbabilities[row])
      check(score.isNaN || score >= 0, "outlier score \(score) of row \(row)")
      check(tail.isNaN || tail >= 0 && tail <= 1, "tail probability \(tail) of row \(row)")
    }
  }
}

/// How the rows of a case come.
struct SweepBatches<Scalar: ClusteringScalar> {
  let ranges: [Range<Int>]
  let points: [Matrix<Scalar>]
  let weights: [[Double]?]

  init(_ input: SweepCase<Scalar>, _ random: inout TestRandom) {
    var ranges: [Range<Int>] = []
    while (ranges.last?.upperBound ?? 0) < input.points.rows {
      let first = ranges.last?.upperBound ?? 0
      let count = Int.random(in: 1...20, using: &random)
      ranges.append(first..<min(first + count, input.points.rows))
    }
    self.ranges = ranges
    points = ranges.map { input.points.picking(Array($0)) }
    weights = ranges.map { range in input.weights.map { Array($0[range]) } }
  }
}
