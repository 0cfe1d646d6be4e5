import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra
import VectorIO

/// What one pass and ball k-means end at, beside a fit of the same seed: no times, costs alone.
struct QualityBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quality",
    abstract: "The cost of one pass and of ball k-means over that of a fit, for many seeds.",
    discussion: """
      For each data set and seed the k-means cost over all points, by a second pass over them: of one pass \
      (the sketch, then ball k-means) and of ball k-means of the points themselves, each divided by the \
      inertia of a fit with the same seed. Without --data: blobs in two columns, k below, at and above \
      their number. Example: kmeans-bench quality --seeds 40 --data rgb.npy --rows 20000 -k 20
      """)

  @Option(help: ArgumentHelp("More points: files that kmeans reads.", valueName: "FILE"))
  var data: [String] = []

  @Option(name: .short, help: "The number of clusters of each file.")
  var k = 20

  @Option(help: "Rows of a file, at equal distances; 0 for all.")
  var rows = 0

  @Option(help: "How many seeds, from 0.")
  var seeds = 40

  @Option(help: "Threads; what the process may use otherwise.")
  var threads: Int?

  @Flag(help: "Leave out the blobs.")
  var withoutBlobs = false

  @Flag(help: "Leave out ball k-means of the points themselves.")
  var withoutBall = false

  @Option(help: "Fail where the worst of one pass is more than this.")
  var limit: Double?

  @Flag(help: "One JSON object on stdout.")
  var json = false

  func validate() throws {
    guard seeds > 0 else { throw ValidationError("--seeds \(seeds): expected at least 1") }
    guard rows >= 0 else { throw ValidationError("--rows \(rows): expected at least 0") }
    guard k > 0 else { throw ValidationError("-k \(k): expected at least 1") }
    if let threads, threads < 1 { throw ValidationError("--threads: expected at least 1") }
  }

  func run() throws {
    var sets = withoutBlobs ? [] : QualityData.blobs
    sets += try data.map { try QualityData(file: $0, clusters: k, rows: rows) }
    var results: [CostRatios] = []
    if !json { print(CostRatios.head) }
    for set in sets {
      let result = try CostRatios(
        set, seeds: seeds, threads: AvailableThreads.count(threads), withBall: !withoutBall)
      if !json { result.lines.forEach { print($0) } }
      results.append(result)
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(["dataSets": results]), as: UTF8.self))
    }
    if let limit, results.contains(where: { $0.onePass.worst > limit }) { throw ExitCode(1) }
  }
}
