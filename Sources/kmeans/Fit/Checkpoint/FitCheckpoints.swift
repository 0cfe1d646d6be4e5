import Batching
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// What a fit has to remember beside its progress.
struct FitState: CheckpointState {
  static let archiveKind = "checkpoint of a fit"
  static let newestForm = 1

  var settings = RunSettings()
  var form = PointForm()
  var inputs = SavedInputs()
  /// The parameters, without what only changes the speed.
  var parameters: KMeans
}

/// The checkpoints of a fit: where and how often they are written, and the one that it goes on
/// from.
final class FitCheckpoints {
  private let file: CheckpointFile
  private let pace: FitCheckpointOptions.Pace
  private let saved: (state: FitState, archive: Archive)?
  private var state: FitState
  private let files: [String]
  private var last = ContinuousClock.now

  /// - Returns: `nil` where none are asked for.
  /// - Throws: ``Failure`` where the checkpoint cannot be read, is of another fit, or would be
  ///   lost.
  init?(_ command: FitCommand, _ output: Output?, _ parameters: KMeans) throws {
    guard let output else { return nil }
    file = try CheckpointFile(output, kind: FitState.archiveKind)
    pace = command.keeping.every
    files = try InputFiles(command.source.inputs).paths
    var plain = parameters
    plain.execution = Execution(threads: 1)
    (plain.rowMemory, plain.verifiesBounds, plain.recordsInertia) = (nil, nil, nil)
    state = FitState(settings: command.settings(parameters), parameters: plain)
    saved = try file.begin(
      like: state.settings, resuming: command.keeping.resume, command.common.note)
    guard let found = saved?.state else { return }
    try found.inputs.check(files, file.path, areAll: true, note: command.common.note)
    guard found.parameters == state.parameters else {
      throw Failure.usage(
        "--distance: the checkpoint \(file.path) is of a fit with other numbers of its distance: "
          + "expected the same files, or another --checkpoint")
    }
  }

  /// How a fit of some points keeps its progress.
  ///
  /// - Throws: ``Failure`` where they are not those of the checkpoint.
  func keeping<Scalar: ClusteringScalar>(
    _ points: PointFile, of type: Scalar.Type, _ note: (String) -> Void
  ) throws -> FitKeeping<Scalar> {
    state.form = PointForm(points.columnNames, of: Scalar.self)
    state.inputs.move(to: BatchMark(files: files.count), of: files)
    var resumed: FitProgress<Scalar>?
    if let saved {
      try state.form.check(like: saved.state.form, points.info.path, file.path)
      let progress = try FitProgress<Scalar>(saved.archive)
      let run = state.parameters.runs > 1 ? " of run \(progress.current.run + 1)" : ""
      note(
        "\(file.path): goes on behind \(counted(progress.current.history.count, "iteration"))\(run)"
      )
      resumed = progress
    }
    return FitKeeping(resumed: resumed, isDue: isDue, keep: keep)
  }

  private func isDue(_ iteration: KMeans.Iteration, _ isLastOfRun: Bool) -> Bool {
    if isLastOfRun { return true }
    return switch pace {
    case .iterations(let count): iteration.number.isMultiple(of: count)
    case .seconds(let seconds): (ContinuousClock.now - last).seconds >= seconds
    }
  }

  private func keep<Scalar: ClusteringScalar>(_ progress: FitProgress<Scalar>) {
    file.keep(after: counted(progress.current.history.count, "iteration")) {
      var archive = try state.archive()
      progress.write(to: &archive)
      return archive
    }
    last = .now
  }

  /// Ends the checkpoints.
  ///
  /// - Throws: why the last one could not be written.
  func finish() throws { try file.finish() }
}

extension FitCommand {
  /// The options that a fit that goes on must have as before.
  func settings(_ parameters: KMeans) -> RunSettings {
    var settings = RunSettings()
    settings.set("-k", parameters.clusterCount)
    settings.set("--init", clusters.`init`)
    settings.set("--runs", parameters.runs)
    settings.set("--seed", parameters.seed)
    settings.set("--distance", parameters.distance.kind.rawValue)
    settings.set("--standardize", flag: parameters.standardizes)
    settings.set("--tf-idf", flag: parameters.columnScale == .inverseDocumentFrequency)
    settings.set("--scale-columns", flag: parameters.columnScale == .deviation)
    settings.set("--l2", flag: parameters.unitRows == true)
    settings.set("--max-iterations", parameters.maxIterations)
    settings.set("--tolerance", parameters.tolerance)
    settings.set("--point-weights", clustering.pointWeights)
    settings.set(source.rows)
    return settings
  }
}
