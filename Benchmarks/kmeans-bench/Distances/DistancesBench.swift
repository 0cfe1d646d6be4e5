import ArgumentParser
import Clustering
import KMeansLinearAlgebra
import VectorIO

/// One assignment by a distance that is no squared Euclidean one.
struct DistancesBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distances",
    abstract: "One assignment by Manhattan and its like, packing of the centroids included.",
    discussion: "Benchmarks/peers/distances_vs_scipy.py compares it with SciPy.")

  @OptionGroup var options: BenchOptions

  @Option(help: "manhattan, chebyshev, minkowski or tanimoto.")
  var distance = "manhattan"

  @Option(help: "The exponent of minkowski.")
  var exponent = 3.0

  @Option(
    name: .customLong("labels"), help: ArgumentHelp("Where to write them: npy.", valueName: "FILE"))
  var labelsPath: String?

  private func measure() throws -> PairwiseDistance.Measure {
    switch distance {
    case "manhattan": return .manhattan
    case "chebyshev": return .chebyshev
    case "tanimoto": return .tanimoto
    case "minkowski" where exponent >= 1 && exponent.isFinite:
      return .minkowski(exponent: exponent)
    default:
      throw ValidationError(
        "--distance \(distance): expected manhattan, chebyshev, minkowski (--exponent 1 or more) or "
          + "tanimoto")
    }
  }

  func run() throws {
    switch try options.resolvedPrecision() {
    case .float: try measure(Float.self)
    case .double: try measure(Double.self)
    }
  }

  private func measure<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let data = try BenchData<Scalar>(options)
    let (n, d, k) = (data.points.rows, data.points.columns, options.k)
    let (isa, measure) = (try options.instructionSet(), try measure())
    let start = try Matrix<Double>(
      (0..<k).map { row in (0..<d).map { Double(data.start[row, $0]) } })
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: n)
    defer { labels.deallocate() }
    var times: [Double] = []
    for repetition in 0...options.repetitions {
      let time = seconds {
        let nearest = PairwiseCentroids<Scalar>(
          start, PairwiseDistance(measure, instructionSet: isa))
        data.points.withRows { rows in
          let pass = RowPass(WeightedRows(rows: rows), clusters: k, threads: options.threadCount)
          _ = pass.assign(
            nearest, into: Assignment(labels: labels), reducing: EmptyReduction<Scalar>())
        }
      }
      // The first one warms up.
      if repetition > 0 { times.append(time) }
    }
    let time = median(times)
    var report = BenchReport("distances", options, data, isa)
    report.add("distance", distance)
    report.add("seconds", time)
    report.add("pointsPerSecond", Double(n) / time)
    report.add("nanosecondsPerDifference", time * 1e9 / (Double(n) * Double(d) * Double(k)))
    if let labelsPath {
      try writeNPY(Array(UnsafeBufferPointer(start: labels, count: n)), to: labelsPath)
    }
    try report.print(json: options.json)
  }
}
