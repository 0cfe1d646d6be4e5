import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra

/// A fit of sparse rows: documents whose terms follow Zipf's law, of topics.
struct SparseBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sparse",
    abstract: "A fit of documents of Zipf-distributed terms: seconds, and rows decided directly.")

  @Option(help: "The number of documents.")
  var documents = 100_000

  @Option(help: "The number of terms.")
  var terms = 50_000

  @Option(help: "Draws of terms a document; some are drawn twice.")
  var words = 110

  @Option(help: "The number of topics.")
  var topics = 100

  @Option(name: .short, help: "The number of clusters.")
  var k = 100

  @Option(help: "Iterations at most.")
  var iterations = 20

  @Option(help: "How often the fit is run.")
  var runs = 3

  @Option(help: "Threads; what the process may use otherwise.")
  var threads: Int?

  @Option(help: "greedy, k-means++ or random.")
  var start = CentroidInitialization.randomRows

  @Flag(help: "Rows and centroids of length 1: spherical k-means.")
  var cosine = false

  @Option(help: "Write the arrays of the matrix to PREFIX.offsets, .indices and .values.")
  var write: String?

  func validate() throws {
    guard documents > 0, terms > 1, words > 0, topics > 0, k > 0, iterations > 0, runs > 0 else {
      throw ValidationError("expected numbers above 0, and two terms or more")
    }
  }

  func run() throws {
    let rows = try Documents(terms: terms, topics: topics, words: words).rows(documents)
    print("\(rows.rows) x \(rows.columns), \(rows.nonzeros) values")
    if let write { try save(rows, write) }
    var kmeans = KMeans(clusterCount: k, seed: 1)
    kmeans.initialization = start
    kmeans.maxIterations = iterations
    kmeans.tolerance = 0
    kmeans.distance = cosine ? .cosine : .euclidean
    kmeans.execution.threads = threads
    for _ in 0..<runs {
      var stamps: [Double] = []
      let begin = ContinuousClock.now
      _ = ProcessMemory.resetPeak()
      let fit = try kmeans.recordingNothing.fit(
        rows.view,
        while: { _ in
          stamps.append((ContinuousClock.now - begin) / .seconds(1))
          return true
        })
      let seconds = (ContinuousClock.now - begin) / .seconds(1)
      print(
        fit.model.iterations < 2
          ? ""
          : fit.history.map { "\($0.compared * 1000 / (rows.rows * k))/\($0.moved)" }.joined(
            separator: " "))
      print(
        "\(seconds) s, \(fit.model.iterations) iterations, the first after \(stamps[0]) s, "
          + "\((stamps.last! - stamps[0]) / Double(max(1, stamps.count - 1))) s each, "
          + "decided directly \(fit.redecidedShare), inertia \(fit.model.inertia), "
          + "peak \(ProcessMemory.peak >> 20) MiB")
    }
  }

  private func save(_ rows: SparseMatrix<Float>, _ prefix: String) throws {
    try rows.offsets.withUnsafeBytes { try Data($0).write(to: URL(filePath: prefix + ".offsets")) }
    try rows.indices.withUnsafeBytes { try Data($0).write(to: URL(filePath: prefix + ".indices")) }
    try rows.values.withUnsafeBytes { try Data($0).write(to: URL(filePath: prefix + ".values")) }
  }
}

extension KMeans {
  /// The same, without the inertia of each iteration.
  fileprivate var recordingNothing: KMeans {
    var parameters = self
    parameters.recordsInertia = false
    return parameters
  }
}

/// Documents of topics: each word is one of all terms or one of the topic's by even chances, the
/// number of either by Zipf's law (the frequency of a term falls with its rank).
private struct Documents {
  let terms: Int
  let topics: Int
  let words: Int

  func rows(_ count: Int) throws -> SparseMatrix<Float> {
    var random = DriftRandom(state: 7)
    var matrix = try SparseMatrix<Float>(columns: terms)
    matrix.reserve(rows: count, nonzeros: count * words)
    for _ in 0..<count {
      let topic = Int(random.uniform() * Double(topics))
      for _ in 0..<words {
        // Zipf's law of exponent 1: the rank is distributed evenly by its logarithm.
        let rank = Int(pow(Double(terms), random.uniform())) - 1
        let isTopical = random.uniform() < 0.5
        let term = isTopical ? (rank * 7919 + topic * 104_729 + 13) % terms : rank
        matrix.append(1, column: Int32(term))
      }
      matrix.finishRow()
    }
    return matrix
  }
}
