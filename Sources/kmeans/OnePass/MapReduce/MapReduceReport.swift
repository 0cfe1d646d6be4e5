import Clustering
import KMeansFiles

/// The time of a phase in `--json`; the keys are a contract.
struct PhaseTime: Encodable, Sendable {
  let phase: Int
  let name: String
  let seconds: Double
}

extension OnePassTimes {
  /// Notes the time of a phase: that of the first is reading, that of the next two sketching.
  mutating func note(_ seconds: Double, of phase: MapReducePhase) {
    phases.append(PhaseTime(phase: phase.rawValue, name: phase.name, seconds: seconds))
    switch phase {
    case .split: read += seconds
    case .map, .reduce: sketch += seconds
    case .ball: ball += seconds
    }
  }

  /// A line for the user on the phases.
  func line(splits: Int) -> String {
    "mapreduce: \(counted(splits, "split")); "
      + phases.map { "\($0.name) \(short($0.seconds)) s" }.joined(separator: ", ")
  }
}

/// What is said of a run that stops before ball k-means.
struct StoppedRun: Encodable {
  let method = "mapreduce"
  let splits: Int
  let points: Int
  let phases: [PhaseTime]
  let tempDir: String
  /// The phase to go on with.
  let nextPhase: Int

  private enum CodingKeys: String, CodingKey {
    case method, splits, points, phases, tempDir, nextPhase
  }

  init(_ run: MapReduceRun, _ times: OnePassTimes) {
    splits = run.plan.splits
    points = run.rows?.count ?? 0
    phases = times.phases
    tempDir = run.folder.path
    nextPhase = run.plan.phases.upperBound.rawValue + 1
  }

  var lines: [String] {
    [
      "\(counted(points, "row")), \(counted(splits, "split")): "
        + (nextPhase == 1 ? "phase 0 is done" : "phases 0 to \(nextPhase - 1) are done"),
      "the same command with --startPhase \(nextPhase), and without --endPhase, goes on from "
        + tempDir,
    ]
  }
}
