import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra
import KMeansReference
import VectorIO

/// A whole fit from given centroids, a fixed number of iterations.
struct FitBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "A whole fit from given centroids.")

  @OptionGroup var options: BenchOptions

  @Option(help: "Iterations; the tolerance is 0, so fewer only where no label changes.")
  var iterations = 25

  @Flag(help: "Print what the filter did in each iteration, on stderr.")
  var counts = false

  @Flag(help: "Replay each iteration in the naive reference (slow) and compare.")
  var verify = false

  @Option(help: ArgumentHelp("Where to write the centroids: npy.", valueName: "FILE"))
  var centroids: String?

  @Option(help: ArgumentHelp("Where to write the labels: npy.", valueName: "FILE"))
  var labels: String?

  func run() throws {
    switch try options.resolvedPrecision() {
    case .float: try measure(Float.self)
    case .double: try measure(Double.self)
    }
  }

  private func measure<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let data = try BenchData<Scalar>(options)
    let (n, d, k) = (data.points.rows, data.points.columns, options.k)
    let isa = try options.instructionSet()
    var kmeans = KMeans(clusterCount: k, seed: options.seed)
    kmeans.maxIterations = iterations
    kmeans.tolerance = 0
    kmeans.execution = options.execution(isa)
    var times: [Double] = []
    var gemm: [GEMMRate.Sample] = []
    var fit: KMeans.Fit<Scalar>!
    for repetition in 0...options.repetitions {
      let time = try seconds { fit = try kmeans.fit(data.points.view, from: data.start) }
      guard repetition > 0 else { continue }
      times.append(time)
      guard !options.withoutProduct else { continue }
      gemm.append(
        try GEMMRate.measure(
          type, rows: n, columns: d, clusters: k, threads: options.threadCount))
    }
    let time = median(times)
    // Each iteration assigns once; a last assignment follows unless the last one changed nothing.
    let passes = fit.history.count + (fit.history.last?.moved == 0 ? 0 : 1)
    var report = BenchReport("fit", options, data, isa)
    report.add("seconds", time)
    report.add("iterations", fit.model.iterations)
    report.add("secondsPerIteration", time / Double(fit.model.iterations))
    report.add("pointsPerSecond", Double(n * fit.model.iterations) / time)
    report.add(
      "gflops", gigaflops(rows: n * passes, columns: d, clusters: k, seconds: time))
    if !gemm.isEmpty { report.add("gemmGflops", median(gemm.map(\.best))) }
    report.add("inertia", fit.model.inertia)
    report.add("redecidedShare", fit.redecidedShare)
    if let filter = fit.filter {
      report.add("comparedShare", filter.compared)
      report.add("candidateShare", filter.candidates)
      report.add("unfilteredShare", filter.unfiltered)
    }
    report.add("refilled", fit.history.reduce(0) { $0 + $1.refilled })
    if counts { printCounts(fit.history, clusters: k) }
    if verify { report.add("differencesFromReference", try replay(kmeans, data)) }
    if let centroids { try writeNPY(fit.model.centroids, to: centroids) }
    if let labels { try writeNPY(fit.labels, to: labels) }
    try report.print(json: options.json)
  }

  /// A line an iteration: shares of all pairs of point and centroid.
  private func printCounts(_ history: [KMeans.Iteration], clusters: Int) {
    for iteration in history {
      let pairs = Double(iteration.points) * Double(clusters)
      let line = String(
        format:
          "iteration %d: %.4g %% moved, %.4g %% of the pairs compared, %.4g %% survived, %.4g a point\n",
        iteration.number, 100 * Double(iteration.moved) / Double(iteration.points),
        100 * Double(iteration.compared) / pairs, 100 * Double(iteration.candidates) / pairs,
        Double(iteration.candidates) / Double(iteration.points))
      FileHandle.standardError.write(Data(line.utf8))
    }
  }

  /// Replays the fit in the naive reference.
  ///
  /// - Returns: how many differences there are, each of which is printed on stderr.
  private func replay<Scalar: ClusteringScalar>(
    _ kmeans: KMeans, _ data: BenchData<Scalar>
  ) throws -> Int {
    var replay = Replay(points: data.points.view.doubles, weights: nil, of: Scalar.self)
    let fit = try kmeans.fit(data.points.view, from: data.start) { iteration, centroids in
      replay.observe(
        number: iteration.number, centers: centroids.view.doubles, inertia: iteration.inertia,
        moved: iteration.moved, refilled: iteration.refilled)
    }
    replay.finish(
      centers: fit.model.centroids.view.doubles, labels: fit.labels.map(Int.init),
      inertia: fit.model.inertia)
    for difference in replay.differences {
      FileHandle.standardError.write(Data("\(difference)\n".utf8))
    }
    return replay.differences.count
  }
}
