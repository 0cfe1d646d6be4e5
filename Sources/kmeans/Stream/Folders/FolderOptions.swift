import ArgumentParser
import Batching
import Foundation
import KMeansFiles

/// Folders that files are put into while a stream goes on.
struct FolderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Learn each file that is put into this folder, and those that are there: once it is moved in, or "
        + "has stood still for two intervals. No input is given then.",
      valueName: "DIR"), completion: .directory)
  var trainDir: String?

  @Option(
    help: ArgumentHelp(
      "Predict each file that is put into this folder, behind those to learn of the same interval, for "
        + "--predictions; nothing of it is learnt.",
      valueName: "DIR"), completion: .directory)
  var predictDir: String?

  @Option(
    help: ArgumentHelp(
      "What becomes of a file of a folder that cannot be read: stop, or skip, which leaves the whole "
        + "file out with a line.",
      valueName: "stop|skip"))
  var onBadFile: BadFileRule?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "End when no file has come into the folders for this time: 10s, 5m. (default: never)",
      valueName: "TIME"), transform: duration)
  var untilIdle: Duration?

  @Flag(help: "Look at every file of the folders each time, whatever the system could tell.")
  var poll = false

  /// The folders that are given, with what becomes of their files.
  var all: [(path: String, role: FolderFile.Role)] {
    (trainDir.map { [($0, .learnt)] } ?? []) + (predictDir.map { [($0, .predicted)] } ?? [])
  }

  var paths: [String] { all.map(\.path) }
  /// Whether there is a folder.
  var areGiven: Bool { trainDir != nil || predictDir != nil }
  /// Whether rows that are learnt and rows that are predicted come from two folders.
  var areBoth: Bool { trainDir != nil && predictDir != nil }

  func validate() throws {
    if trainDir == "" || predictDir == "" {
      throw ValidationError(
        "\(trainDir == "" ? "--train-dir" : "--predict-dir") '': expected the name of a folder")
    }
    guard areGiven else {
      let others = [
        ("--on-bad-file", onBadFile != nil), ("--until-idle", untilIdle != nil), ("--poll", poll),
      ]
      if let name = others.first(where: \.1)?.0 {
        throw ValidationError(
          "\(name): expected --train-dir DIR or --predict-dir DIR, whose files it is about")
      }
      return
    }
    if let trainDir, let predictDir, areSamePath(trainDir, predictDir) {
      throw ValidationError(
        "--predict-dir \(predictDir): expected another folder than that of --train-dir; --predictions "
          + "alone predicts each file before it is learnt")
    }
  }

  /// Refuses folders that do not go with what is asked for.
  ///
  /// - Parameters:
  ///   - learns: whether anything is learnt.
  ///   - predictions: where predictions go.
  func check(learns: Bool, predictions: String?) throws {
    if let trainDir, !learns {
      throw ValidationError(
        "--train-dir \(trainDir): nothing is learnt with --no-update: expected --predict-dir, or no "
          + "--no-update")
    }
    guard let predictDir else { return }
    if learns, trainDir == nil {
      throw ValidationError(
        "--predict-dir \(predictDir): expected --train-dir DIR to learn from, or --init MODEL --no-update"
      )
    }
    if learns, predictions == nil {
      throw ValidationError(
        "--predict-dir \(predictDir): expected --predictions OUT, for what is predicted")
    }
  }
}

/// What becomes of a file that cannot be read.
enum BadFileRule: String, ExpressibleByArgument, CaseIterable {
  case stop, skip
}
