import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra
import VectorIO

/// The searchers of a sketch beside the exact one: their speed, how often they find the nearest
/// centroid, and what that costs.
struct SearchersBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "searchers",
    abstract: "Sketches by each searcher: points/s, recall, size, and the cost over that of brute.",
    discussion: """
      A sketch of the same points by each searcher in turn, and ball k-means of each. Recall is the share \
      of sampled points whose nearest centroid of the sketch is found. Synthetic points are a mixture of \
      k blobs. Example: kmeans-bench searchers --data kdd38z.npy -k 20 --km 230 --threads 1
      """)

  @OptionGroup var options: BenchOptions
  @OptionGroup var sketch: SketchOptions

  @Option(name: .customLong("projections"), help: "Projections of the projection searches.")
  var projections = 3

  @Option(help: "Centroids that are looked at on each side in a projection.")
  var searchSize = 2

  @Option(help: "Points that recall is measured on, at equal distances.")
  var sample = 2000

  func validate() throws {
    guard options.start == nil else {
      throw ValidationError("--start: one pass has no such thing")
    }
    guard sample > 0 else { throw ValidationError("--sample \(sample): expected at least 1") }
  }

  func run() throws {
    switch try options.resolvedPrecision() {
    case .float: try measure(Float.self)
    case .double: try measure(Double.self)
    }
  }

  private func measure<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let points: Matrix<Scalar> = try points()
    let isa = try options.instructionSet()
    let onePass = try sketch.onePass(options, points: points.rows, isa)
    let searchers: [(String, SketchParameters.Searcher)] = [
      ("brute", .brute),
      ("projection", .projection(projections: projections, searchSize: searchSize)),
      ("fast-projection", .fastProjection(projections: projections, searchSize: searchSize)),
      ("lsh", .hashing(searchSize: searchSize)),
    ]
    var results: [SearcherFacts] = []
    for (name, searcher) in searchers {
      var onePass = onePass
      onePass.sketch.searcher = searcher
      let run = SearcherRun(points: points, onePass: onePass, block: sketch.block)
      results.append(
        try run.facts(
          name, repetitions: options.repetitions, sample: sample, threads: options.threadCount,
          bruteCost: results.first?.cost))
    }
    try report(results, points.rows, points.columns, isa)
  }

  private func report(
    _ results: [SearcherFacts], _ rows: Int, _ columns: Int, _ isa: InstructionSet
  ) throws {
    let report = SearchersReport(
      data: options.data ?? "blobs, seed \(options.seed)", points: rows, dimension: columns,
      clusters: options.k, projections: projections, searchSize: searchSize,
      threads: options.threadCount, isa: isa.rawValue, searchers: results)
    guard options.json else { return report.lines.forEach { print($0) } }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }

  private func points<Scalar: ClusteringScalar>() throws -> Matrix<Scalar> {
    if let path = options.data {
      var rows = try VectorFile<Scalar>(path)
      return try Matrix(reading: &rows)
    }
    let (rows, columns) = options.syntheticShape!
    return try Blobs(count: options.k, columns: columns, seed: options.seed).matrix(rows: rows)
  }
}
