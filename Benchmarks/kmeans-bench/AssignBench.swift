import ArgumentParser
import Clustering
import KMeansLinearAlgebra
import VectorIO

/// One assignment, labels only, against one GEMM of the same shape.
struct AssignBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "One assignment of all points, labels only.")

  @OptionGroup var options: BenchOptions

  @Option(
    name: .customLong("labels"), help: ArgumentHelp("Where to write them: npy.", valueName: "FILE"))
  var labelsPath: String?

  func run() throws {
    switch try options.resolvedPrecision() {
    case .float: try measure(Float.self)
    case .double: try measure(Double.self)
    }
  }

  private func measure<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let data = try BenchData<Scalar>(options)
    let (n, d, k) = (data.points.rows, data.points.columns, options.k)
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: n)
    defer { labels.deallocate() }
    let isa = try options.instructionSet()
    var (times, limits): ([Double], [Double]) = ([], [])
    var gemm: [GEMMRate.Sample] = []
    var counts = AssignmentCounts()
    for repetition in 0...options.repetitions {
      let time = seconds {
        data.points.withRows { rows in
          // Packing the centroids counts: every assignment to new centroids needs it.
          let nearest = NearestCentroids(
            data.start, centering: Centering(medianOf: rows), strategy: options.strategy,
            instructionSet: isa)
          let pass = RowPass(WeightedRows(rows: rows), clusters: k, threads: options.threadCount)
          counts = pass.assign(nearest, into: Assignment(labels: labels))
        }
      }
      guard repetition > 0 else { continue }
      times.append(time)
      limits.append(MultiplyAddLimit.gigaflops(type, isa, threads: options.threadCount))
      guard !options.withoutProduct else { continue }
      gemm.append(
        try GEMMRate.measure(
          type, rows: n, columns: d, clusters: k, threads: options.threadCount))
    }
    let time = median(times)
    let rate = gigaflops(rows: n, columns: d, clusters: k, seconds: time)
    let entries = try timeOfPublicEntries(data)
    var report = BenchReport("assign", options, data, isa)
    report.add("seconds", time)
    report.add("pointsPerSecond", Double(n) / time)
    report.add("gflops", rate)
    report.add("limitGflops", median(limits))
    // Each turn by its own limit: the machine is shared, and its rate changes.
    let shares = zip(times, limits).map {
      gigaflops(rows: n, columns: d, clusters: k, seconds: $0) / $1
    }
    report.add("shareOfLimit", median(shares))
    if !gemm.isEmpty {
      let best = median(gemm.map(\.best))
      report.add("gemmGflops", best)
      report.add("gemmGflopsOwnThreads", median(gemm.map(\.ownThreads)))
      report.add("gemmGflopsRowSplit", median(gemm.map(\.rowSplit)))
      report.add("shareOfGemm", rate / best)
    }
    report.add("redecidedShare", Double(counts.redecided) / Double(n))
    report.add("modelAssignSeconds", entries.assign)
    report.add("modelDistancesSeconds", entries.distances)
    if let labelsPath {
      try writeNPY(Array(UnsafeBufferPointer(start: labels, count: n)), to: labelsPath)
    }
    try report.print(json: options.json)
  }

  /// The public entries, called as a client calls them: one that is not specialised is a hundred
  /// times slower, and shows here.
  private func timeOfPublicEntries<Scalar: ClusteringScalar>(
    _ data: BenchData<Scalar>
  ) throws -> (assign: Double, distances: Double) {
    let model = KMeansModel(
      centroids: data.start, clusterWeights: Array(repeating: 1, count: data.start.rows),
      inertia: 0, iterations: 0, converged: false)
    var labels = [Int32](repeating: 0, count: data.points.rows)
    var span = labels.mutableSpan
    try model.assign(
      data.points.view, into: &span, execution: Execution(threads: options.threadCount))
    let assign = try seconds {
      try model.assign(
        data.points.view, into: &span, execution: Execution(threads: options.threadCount))
    }
    let distances = try seconds {
      _ = try model.squaredDistances(
        data.points.view, execution: Execution(threads: options.threadCount))
    }
    return (assign, distances)
  }
}
