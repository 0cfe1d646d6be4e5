import ArgumentParser
import Clustering
import KMeansLinearAlgebra
import VectorIO

/// The sketch and ball k-means, and whether the certified bounds contain the true cost.
struct OnePassBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "onepass",
    abstract: "The sketch and ball k-means; fails where the certified bounds miss the true cost.",
    discussion: """
      Synthetic points are a mixture of k blobs. A first run of the first rows warms up and does not \
      count.
      """)

  @OptionGroup var options: BenchOptions
  @OptionGroup var sketch: SketchOptions

  @Flag(
    help: """
      Rows come once, through a pipe from a thread that makes them, and the peak of the memory is \
      printed; for --synthetic.
      """)
  var pipe = false

  @Flag(
    help: """
      Blocks beside our own scan one by one, and beside bare reads of as many bytes from cache, over \
      the last rows.
      """)
  var compareScan = false

  @Option(help: "How many rows --compare-scan is timed on; the others are learnt before.")
  var scanRows = 20_000

  @Option(help: ArgumentHelp("Where to write the centroids: npy or csv.", valueName: "OUT"))
  var centroids: String?

  func validate() throws {
    guard options.start == nil else {
      throw ValidationError("--start: one pass has no such thing")
    }
    guard scanRows > 1 else { throw ValidationError("--scan-rows: expected at least 2") }
    if pipe {
      guard options.synthetic != nil, !compareScan, options.precision != .double else {
        throw ValidationError("--pipe: expected --synthetic, float, and no --compare-scan")
      }
    }
  }

  func run() throws {
    if pipe { return try PipedOnePass(options, sketch, centroids: centroids).run() }
    switch try options.resolvedPrecision() {
    case .float: try measure(Float.self)
    case .double: try measure(Double.self)
    }
  }

  private func measure<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let points = try points(type)
    let isa = try options.instructionSet()
    let onePass = try sketch.onePass(options, points: points.rows, isa)
    var report = BenchReport(
      onePass: options, onePass, data: options.data ?? "blobs, seed \(options.seed)",
      points: points.rows, columns: points.columns,
      precision: type == Float.self ? "float" : "double", isa)
    let run = OnePassRun(points: points, onePass: onePass, block: sketch.block)
    report.add("repetitions", compareScan ? 1 : options.repetitions)
    let fit = try run.addTimes(to: &report, repetitions: compareScan ? 1 : options.repetitions)
    report.add(fit.sketch)
    let cost = try TrueCost.of(fit.model, points, threads: options.threadCount)
    let holds = cost.add(to: &report, fit.cost)
    var areSame = true
    if compareScan {
      let scan = ScanComparison(run, rows: min(scanRows, points.rows / 2), isa)
      areSame = try scan.add(to: &report, repetitions: options.repetitions)
    }
    if let centroids { try fit.model.centroids.write(to: centroids) }
    try report.print(json: options.json)
    if !holds { throw OnePassFault.boundsMissed }
    if !areSame { throw OnePassFault.otherBits }
  }

  private func points<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> Matrix<Scalar> {
    if let path = options.data {
      var rows = try VectorFile<Scalar>(path)
      return try Matrix(reading: &rows)
    }
    let (rows, columns) = options.syntheticShape!
    return try Blobs(count: options.k, columns: columns, seed: options.seed).matrix(rows: rows)
  }
}
