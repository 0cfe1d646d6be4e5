public import ArgumentParser
public import Clustering
import KMeansLinearAlgebra

extension CentroidInitialization: ExpressibleByArgument {}

/// The initial centroids, beside one assignment of all points to as many centroids.
struct SeedBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seed", abstract: "Initial centroids, in units of one assignment.")

  @OptionGroup var options: BenchOptions

  @Option(name: .customLong("init"), help: "k-means++, greedy or random.")
  var initialization = CentroidInitialization.greedy

  func run() throws {
    switch try options.resolvedPrecision() {
    case .float: try measure(Float.self)
    case .double: try measure(Double.self)
    }
  }

  private func measure<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let data = try BenchData<Scalar>(options)
    let isa = try options.instructionSet()
    var kmeans = KMeans(clusterCount: options.k, seed: options.seed)
    kmeans.initialization = initialization
    kmeans.execution.threads = options.threadCount
    kmeans.execution.instructionSet = isa
    let labels = UnsafeMutablePointer<Int32>.allocate(capacity: data.points.rows)
    defer { labels.deallocate() }
    var (seeding, assigning): ([Double], [Double]) = ([], [])
    var found: (centroids: Matrix<Scalar>, seeding: SeedingReport)!
    for repetition in 0...options.repetitions {
      let seed = try seconds { found = try kmeans.initialCentroids(data.points.view) }
      let assign = seconds { assignOnce(data.points, found.centroids, isa, labels) }
      guard repetition > 0 else { continue }
      seeding.append(seed)
      assigning.append(assign)
    }
    var report = BenchReport("seed", options, data, isa)
    report.add("seconds", median(seeding))
    report.add("assignmentSeconds", median(assigning))
    report.add("inAssignments", median(seeding) / median(assigning))
    report.add("rounds", found.seeding.rounds)
    report.add("passes", found.seeding.passes)
    report.add("drawn", found.seeding.drawn)
    report.add("refused", found.seeding.refused)
    report.add("potential", try potential(data.points, found.centroids))
    try report.print(json: options.json)
  }

  private func assignOnce<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ centroids: Matrix<Scalar>, _ isa: InstructionSet,
    _ labels: UnsafeMutablePointer<Int32>
  ) {
    points.withRows { rows in
      let nearest = NearestCentroids(
        centroids, centering: Centering(medianOf: rows), strategy: options.strategy,
        instructionSet: isa)
      let pass = RowPass(
        WeightedRows(rows: rows), clusters: centroids.rows, threads: options.threadCount)
      _ = pass.assign(nearest, into: Assignment(labels: labels))
    }
  }

  /// The inertia of the initial centroids.
  private func potential<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ centroids: Matrix<Scalar>
  ) throws -> Double {
    let model = KMeansModel(
      centroids: centroids, clusterWeights: Array(repeating: 1, count: centroids.rows), inertia: 0,
      iterations: 0, converged: false)
    return try model.squaredDistances(
      points.view, execution: Execution(threads: options.threadCount)
    )
    .reduce(0, +)
  }
}
