import ArgumentParser
import Clustering
import KMeansFiles
import VectorIO

/// kmeans elbow: the inertia over the number of clusters.
struct ElbowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "elbow", abstract: "Show what more clusters bring, and where the knee is.",
    discussion: """
      Example: kmeans elbow data.npy --clusters 2-20

      Each number is fitted twice, from the centroids of the last one with new ones drawn among the points \
      and anew as in kmeans fit --runs, and the better fit is taken: the inertia never rises, and is never \
      above that of kmeans fit with the same seed and runs. Silhouette (simplified), Davies-Bouldin and Calinski-Harabasz say \
      where clusters are apart; the knee is found by Kneedle (Satopaa and others, 2011) of the logarithm of \
      the inertia: behind it a cluster more takes hardly any share of what is left. A number that most of \
      them give is suggested.
      """)

  @OptionGroup(title: "Clusters") var tried: ElbowClusterOptions
  @OptionGroup(title: "Clusters") var clustering: ClusteringOptions
  @OptionGroup(title: "Input") var source: InputOptions
  @OptionGroup(title: "Input") var sparse: SparseOptions
  @OptionGroup var common: RunOptions

  func run() throws {
    let parameters = try self.parameters()
    let weights = PointWeights(clustering.pointWeights)
    var reading = clustering.reading(source)
    reading.isSparse = sparse.storage != .dense
    let file = try source.open(weights, reading, note: common.note)
    let precision = source.precision ?? Precision(file.info.precision)
    if try sparse.areSparse(file.info, unless: sparse.problem(file.info, parameters)) {
      let threads = parameters.execution.threadCount
      try MemoryBudget().check(
        file.info, clusters: tried.counts.values.last!, doubles: 5 + threads, threads: threads,
        "a curve")
      switch precision {
      case .float: try show(SparseInput<Float>(file, weights, common), parameters)
      case .double: try show(SparseInput<Double>(file, weights, common), parameters)
      }
      return
    }
    switch precision {
    case .float: try show(dense(Points<Float>(file, weights, common, held: held)), parameters)
    case .double: try show(dense(Points<Double>(file, weights, common, held: held)), parameters)
    }
  }

  /// Says what is odd about columns.
  private func dense<Scalar: ClusteringScalar>(_ points: Points<Scalar>) throws -> Points<Scalar> {
    points.noteColumns(source.rows, clustering, common, try common.execution())
    return points
  }

  /// What is kept of the points beside them: a copy where they are transformed, and a reference.
  private var held: HeldRows {
    return .ofCurve(copies: (clustering.transformsRows ? 1 : 0) + (tried.gap > 0 ? 1 : 0))
  }

  /// The parameters of the fits, checked before a file is opened.
  private func parameters() throws -> KMeans {
    var kmeans = try clustering.parameters(clusters: 1, common)
    kmeans.leavesOutZeroRows = source.rows.leavesOut
    kmeans.runs = tried.runs
    for clusters in tried.counts.values {
      kmeans.clusterCount = clusters
      try kmeans.validate()
    }
    return kmeans
  }

  private func show<Scalar: ClusteringScalar>(
    _ points: some PointInput<Scalar>, _ parameters: KMeans
  ) throws {
    let zeroRows = try points.locator.onError { () throws(ClusteringError) in
      try points.zeroRows(parameters)
    }
    if let note = ZeroRows.note(
      points.info.path, zeroRows.map(points.skipped.fileRow), points.locator.parts,
      isScaled: parameters.columnScale != nil)
    {
      common.note(note)
    }
    let values = tried.counts.values
    let progress = Progress(common, total: values.count)
    var done = 0
    let curve = try points.locator.onError { () throws(ClusteringError) in
      try points.curve(parameters, values, gapReferences: tried.gap) { clusters, iteration in
        progress.show(done) {
          "\(counted(clusters, "cluster")), \(done) of \(counted(values.count, "fit")) done, "
            + "iteration \(iteration.number)"
        }
      } onFit: { _ in
        done += 1
      }
    }
    progress.finish()
    if let note = Self.note(curve, points) { common.note(note) }
    let report = ElbowReport(
      curve, knee: try curve.knee(sensitivity: tried.sensitivity),
      try curve.suggestion(sensitivity: tried.sensitivity), sensitivity: tried.sensitivity, points,
      parameters)
    var run = RunFacts(
      of: Scalar.self, points: points.rows, dimension: points.columns,
      readSeconds: points.readSeconds, parameters.execution)
    // The strategy that was asked for; each fit reports the one that was used.
    run.strategy = parameters.execution.strategy.rawValue
    if points.isSparse { run.setSparseStrategy(of: parameters.execution) }
    run.seed = parameters.seed
    run.filledValues = points.file.missing?.filledCount
    if common.json {
      try report.printJSON(run)
    } else {
      try common.printResult(ElbowSummary(curve, report, run, points.info.path).lines)
    }
  }

  /// Notes where more clusters cannot help: they are empty there.
  private static func note(_ curve: ElbowCurve, _ points: some PointInput) -> String? {
    guard let least = curve.fits.first(where: { $0.inertia == 0 }), let last = curve.fits.last,
      last.clusters > least.clusters
    else { return nil }
    return
      "\(points.info.path): nothing is left to explain beyond \(counted(least.clusters, "cluster")), for there "
      + "\(least.clusters == 1 ? "is" : "are") no more than \(counted(least.clusters, "distinct row"))"
  }
}

/// The numbers of clusters of a curve, as typed on the command line: `2-20`, `10-100:10`, `2,4,8`.
struct ClusterCounts: Sendable {
  /// Each once, from the smallest to the largest.
  let values: [Int]

  /// A list of numbers and ranges with or without a step, in any order.
  ///
  /// - Throws: `ValidationError` where it is none.
  static func parse(_ text: String) throws -> ClusterCounts {
    var values: Set<Int> = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let range = range(item) else {
        throw ValidationError("expected A-B, A-B:STEP or a list such as 2,4,8")
      }
      guard range.first <= range.last else {
        throw ValidationError("expected \(range.last)-\(range.first) in place of \(item)")
      }
      guard range.step > 0 else { throw ValidationError("expected a step of at least 1") }
      let steps = (range.last - range.first) / range.step
      guard steps < limit, values.count + steps < limit else {
        throw ValidationError("expected at most \(limit) numbers of clusters")
      }
      values.formUnion(stride(from: range.first, through: range.last, by: range.step))
    }
    return ClusterCounts(values: values.sorted())
  }

  /// The largest number of fits of a curve: more would take too long for any user.
  private static let limit = 10_000

  private static func range(_ item: Substring) -> (first: Int, last: Int, step: Int)? {
    guard let parts = item.wholeMatch(of: #/(\d+)(?:-(\d+)(?::(\d+))?)?/#)?.output,
      let first = Int(parts.1), let last = Int(parts.2 ?? parts.1),
      let step = Int(parts.3 ?? "1")
    else { return nil }
    return (first, last, step)
  }
}
