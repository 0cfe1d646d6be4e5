import Clustering
import Foundation
import KMeansFiles
import VectorIO

// What the phases before ball k-means do.
extension MapReduceRun {
  /// Phase 0: where the rows are, and how many.
  func split<Scalar: ClusteringScalar>(_ file: VectorFile<Scalar>?) throws -> SplitRows {
    if let rows {
      guard rows.isFloat == (Scalar.self == Float.self) else {
        throw Failure.data("\(folder.path): it holds a run of another precision")
      }
      guard plan.phases.lowerBound == .split, file != nil,
        let damaged = try KeptRows<Scalar>(run: run, folder: folder).damaged(rows)
      else { return rows }
      run.command.common.note(
        "\(damaged): it is missing, or was changed since it was kept; it is made anew")
    }
    guard let file else { preconditionFailure("rows come from a file") }
    var found: SplitRows
    // What comes by the standard input, even if that is a file, is read once.
    let isInPlace =
      run.command.source.pipe == nil && file.canSeek && !file.info.takesMeans
    if isInPlace, let count = file.info.rows {
      found = SplitRows(
        name: file.info.path, count: count, dimension: file.columns,
        isFloat: Scalar.self == Float.self,
        columns: InputColumns(file.info, file.info.chosenColumns).remembered,
        start: StreamingSketch<Scalar>(run.parameters.sketch).archived())
      var first = try PointBlocks(
        file, weightColumn: run.command.source.pointWeights, rows: 0..<min(count, 1000))
      if try first.next() { run.noteIDs(first.view, file.info) }
    } else {
      found = try KeptRows(run: run, folder: folder).read(file)
    }
    if run.parameters.sketch.measuresRows {
      let reader =
        isInPlace
        ? SplitReader(file, weightColumn: run.command.source.pointWeights)
        : try SplitReader<Scalar>(found, in: folder)
      found = try standardized(found, reader)
    }
    var manifest = RunManifest(identity, isFolderMade: isFolderMade)
    manifest.rows = found
    try manifest.write(to: folder)
    return found
  }

  /// The same with the means and deviations of the first rows, or their covariance, which are those
  /// of one sketch of all rows.
  private func standardized<Scalar: ClusteringScalar>(
    _ rows: SplitRows, _ reader: SplitReader<Scalar>
  ) throws -> SplitRows {
    var sketch = StreamingSketch<Scalar>(run.parameters.sketch)
    try reader.add(0..<min(rows.count, SketchParameters.rowsToStandardizeBy), to: &sketch)
    let begun = try ErrorLocator(rows.name, columnCount: rows.dimension).onError {
      () throws(ClusteringError) in try sketch.begun()
    }
    var found = SplitRows(
      name: rows.name, count: rows.count, dimension: rows.dimension, isFloat: rows.isFloat,
      columns: rows.columns,
      start: StreamingSketch<Scalar>(run.parameters.sketch, transform: begun.transform).archived())
    (found.checksum, found.weightChecksum) = (rows.checksum, rows.weightChecksum)
    (found.skipped, found.filled) = (rows.skipped, rows.filled)
    return found
  }

  /// Phase 1: a sketch of each split, but for those that are there.
  func map<Scalar: ClusteringScalar>(_ sketches: SplitSketches<Scalar>) throws {
    let (start, filled) = (plan.phases.lowerBound, sketches.filled)
    var missing: [Int] = []
    for split in filled {
      do {
        if try sketches.read(split) != nil { continue }
        guard start <= .map else {
          throw Failure.usage(
            "--startPhase \(start.rawValue): \(sketches.path(split)) is not there, which phase 1 "
              + "makes: expected --startPhase 1 or 0")
        }
      } catch let error as FileError {
        guard start <= .map else {
          throw Failure.data(
            "\(error.lineFromOne): expected --startPhase 1 or 0, which makes it anew")
        }
        run.command.common.note("\(error.lineFromOne); the sketch is made anew")
      }
      missing.append(split)
    }
    if isResumed, start <= .map, missing.count < filled.count {
      run.command.common.note(
        "\(folder.path): the run goes on with \(filled.count - missing.count) of "
          + "\(counted(filled.count, "sketch", plural: "sketches"))")
    }
    guard !missing.isEmpty else { return }
    let rows = sketches.rows
    // Phase 0 has looked at them where it was asked for.
    if isResumed, start > .split, rows.checksum != nil {
      try KeptRows<Scalar>(run: run, folder: folder).verify(rows)
    }
    try sketches.make(missing) { [run, folder] in
      rows.checksum == nil
        ? try SplitReader(run.command, run.reading) : try SplitReader(rows, in: folder)
    }
  }

  /// The sketch that phase 2 has left; `nil` where it has not.
  private func joined(_ path: String, kind: String) throws -> Archive? {
    do { return try Archive.ifThere(path, kind: kind) } catch {
      throw Failure.data(
        "\(error.lineFromOne): expected --startPhase 2 or less, which makes it anew")
    }
  }

  /// Phase 2: one sketch of all of them.
  func reduce<Scalar: ClusteringScalar>(
    _ sketches: SplitSketches<Scalar>
  ) throws -> StreamingSketch<Scalar> {
    let path = folder.file(RunFolder.joined(again: plan.reducesAgain))
    if plan.phases.lowerBound == .ball {
      guard let archive = try joined(path, kind: StreamingSketch<Scalar>.archiveKind) else {
        throw Failure.usage(
          "--startPhase 3: \(path) is not there, which phase 2 makes: expected --startPhase 2 or less"
        )
      }
      guard try archive.string("run") == identity.number else {
        throw Failure.data("\(path): it is a sketch of another run")
      }
      return try SketchFile<Scalar>(archive, run.parameters.sketch.execution).sketch
    }
    let start = try StreamingSketch<Scalar>(
      archive: sketches.rows.start, execution: run.parameters.sketch.execution)
    var sum = StreamingSketch<Scalar>(run.parameters.sketch, transform: start.transform)
    for split in sketches.filled {
      guard let next = try sketches.read(split) else { throw missingFile(sketches.path(split)) }
      let locator = ErrorLocator(sketches.rows.name, columnCount: sketches.rows.dimension)
      try locator.onError { () throws(ClusteringError) in
        if plan.reducesAgain { try sum.merge(next) } else { try sum.formUnion(next) }
      }
    }
    var archive = SketchFile(path: path, sum, sketches.rows.columns).archive
    archive["run"] = .string(identity.number)
    try archive.write(to: path)
    return sum
  }
}
