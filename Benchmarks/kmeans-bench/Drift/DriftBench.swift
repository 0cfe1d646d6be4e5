import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra

/// The alarms of a stream that drifts: how late they are where something changes, and how many
/// there are where nothing does.
struct DriftBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "The alarms for drift: delays in half-lives at known changes, and false alarms.")

  @Option(help: "Half-life, in batches.")
  var halfLife = 10.0

  @Option(help: "Batches of a stream in which nothing changes.")
  var batches = 10_000

  @Option(help: "Batches before something changes.")
  var before = 300

  @Option(help: "Streams of each kind that change, each of another seed.")
  var seeds = 5

  @Option(help: "Streams of each kind in which nothing changes.")
  var stationarySeeds = 1

  @Option(help: "Standard deviations that are no change.")
  var delta = DriftParameters().delta

  @Option(help: "The threshold, in standard deviations.")
  var lambda = DriftParameters().lambda

  @Option(help: "Only streams whose name holds this.")
  var only: String?

  @Flag(help: "One JSON object a line.")
  var json = false

  func run() throws {
    for scene in DriftScene.changing where isWanted(scene) {
      let found = try (1...seeds).map { try delay(scene, seed: UInt64($0)) }
      try tell(scene, found)
    }
    for scene in DriftScene.stationary where isWanted(scene) {
      for seed in 1...stationarySeeds { try tellStationary(scene, seed: UInt64(seed)) }
    }
  }

  private func isWanted(_ scene: DriftScene) -> Bool { only.map(scene.name.contains) ?? true }

  private func stream(_ scene: DriftScene, seed: UInt64) -> StreamingKMeans<Float> {
    var parameters = StreamingParameters(
      clusterCount: scene.clusters, forgetting: .halfLife(halfLife, .batches), seed: seed)
    var drift = DriftParameters()
    (drift.delta, drift.lambda) = (delta, lambda)
    parameters.drift = drift
    parameters.execution = Execution(threads: 1)
    return StreamingKMeans(parameters)
  }

  /// The delay of the first alarm after the change, in half-lives; its kind; alarms before.
  private func delay(
    _ scene: DriftScene, seed: UInt64
  ) throws -> (delay: Double?, kind: String, early: Int) {
    var stream = stream(scene, seed: seed)
    var source = DriftSource(scene, seed: seed, halfLife: halfLife)
    var early = 0
    for batch in 0..<before + Int(20 * halfLife) {
      let since = batch < before ? nil : batch - before
      let report = try stream.update(Matrix(source.batch(since: since)))
      guard let event = report.driftEvents.first else { continue }
      if let since { return (Double(since + 1) / halfLife, event.kind.rawValue, early) }
      early += 1
    }
    return (nil, "none", early)
  }

  private func tell(
    _ scene: DriftScene, _ found: [(delay: Double?, kind: String, early: Int)]
  ) throws {
    let delays = found.map { $0.delay.map { String(format: "%.1f", $0) } ?? "never" }
    let kinds = found.map(\.kind)
    let early = found.reduce(0) { $0 + $1.early }
    if json {
      let list = found.map { $0.delay.map { "\($0)" } ?? "null" }.joined(separator: ",")
      let names = kinds.map { "\"\($0)\"" }.joined(separator: ",")
      print(
        "{\"scene\":\"\(scene.name)\",\"delays\":[\(list)],\"kinds\":[\(names)],"
          + "\"falseAlarms\":\(early)}")
    } else {
      print(
        "\(scene.name): after \(delays.joined(separator: ", ")) half-lives "
          + "(\(kinds.joined(separator: ", "))); \(early) false alarms before")
    }
  }

  private func tellStationary(_ scene: DriftScene, seed: UInt64) throws {
    var stream = stream(scene, seed: seed)
    var source = DriftSource(scene, seed: seed, halfLife: halfLife)
    var alarms: [String] = []
    var highest = DriftEvent.Kind.allCases.map { _ in 0.0 }
    for batch in 0..<batches {
      let report = try stream.update(Matrix(source.batch(since: nil)))
      guard let drift = report.drift else { continue }
      for place in highest.indices {
        highest[place] = max(highest[place], drift.statistics[place])
      }
      alarms += drift.events.map { "\($0.kind.rawValue) at \(batch + 1)" }
    }
    let figures = zip(DriftEvent.Kind.allCases, highest).map { kind, value in
      (kind.rawValue, String(format: "%.1f", value))
    }
    if json {
      let fields = figures.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
      print(
        "{\"scene\":\"\(scene.name)\",\"batches\":\(batches),\"falseAlarms\":\(alarms.count),"
          + "\"highest\":{\(fields)}}")
    } else {
      print(
        "\(scene.name): \(alarms.count) false alarms in \(batches) batches; highest "
          + figures.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
          + (alarms.isEmpty ? "" : " (\(alarms.prefix(5).joined(separator: ", ")))"))
    }
  }
}
