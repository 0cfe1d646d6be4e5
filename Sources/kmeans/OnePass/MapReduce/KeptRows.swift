import Clustering
import KMeansFiles
import KMeansLinearAlgebra
import VectorIO

/// The rows of an input that can be read once, or in order alone: they are read, checked, and kept
/// in the folder of the run, in the type in which they are sketched.
struct KeptRows<Scalar: ClusteringScalar> {
  let run: OnePassRun
  let folder: RunFolder

  /// Keeps all rows.
  ///
  /// - Returns: what is known of them; the start is that of rows that are not standardised.
  /// - Throws: what is wrong with a row, with its place in the input.
  func read(_ file: VectorFile<Scalar>) throws -> SplitRows {
    let column = run.command.source.pointWeights
    var blocks = try PointBlocks(file, weightColumn: column)
    let rows = try VectorWriter<Scalar>(folder.file(RunFolder.rows), columns: file.columns)
    let weights = try column.map { _ in
      try VectorWriter<Double>(folder.file(RunFolder.weights), columns: 1)
    }
    let progress = Progress(run.command.common, total: file.info.rows ?? 0)
    while try blocks.next() {
      if rows.rows == 0 { run.noteIDs(blocks.view, file.info) }
      try check(blocks)
      try rows.write(blocks.view)
      if let weights, let values = blocks.weights {
        try weights.write(try Matrix(values.span, columns: 1))
      }
      progress.show(rows.rows) { "\(counted(rows.rows, "row")) kept in \(folder.path)" }
    }
    progress.finish()
    try rows.finish()
    try weights?.finish()
    blocks.notes.forEach(run.command.common.note)
    var found = SplitRows(
      name: file.info.path, count: rows.rows, dimension: file.columns,
      isFloat: Scalar.self == Float.self,
      columns: InputColumns(file.info, file.info.chosenColumns, means: blocks.missing?.means)
        .remembered,
      start: StreamingSketch<Scalar>(run.parameters.sketch).archived())
    found.checksum = try Checksum(ofFileAt: folder.file(RunFolder.rows)).value
    if weights != nil {
      found.weightChecksum = try Checksum(ofFileAt: folder.file(RunFolder.weights)).value
    }
    found.skipped = blocks.skippedCount
    found.filled = blocks.missing?.filledCount
    return found
  }

  /// Refuses values that no sketch takes while their place in the input is known.
  private func check(_ blocks: borrowing PointBlocks<Scalar>) throws {
    let (weights, execution) = (blocks.weights, run.parameters.sketch.execution)
    let needsDirections =
      run.parameters.distance == .cosine && !run.parameters.standardizes
    try blocks.locator.onError { () throws(ClusteringError) in
      try blocks.view.withWeightedRows(weights?.span, allowsNoWeight: true) {
        (points) throws(ClusteringError) in
        try points.checkFinite(execution)
      }
      guard needsDirections else { return }
      for row in 0..<blocks.view.rows {
        let values = blocks.view[row]
        if values.indices.allSatisfy({ values[$0] == 0 }) { throw .zeroRow(row) }
      }
    }
  }

  /// The first file of kept rows or weights that is missing, or was changed since; `nil` where all
  /// are whole.
  func damaged(_ rows: SplitRows) throws -> String? {
    for (name, expected) in [
      (RunFolder.rows, rows.checksum), (RunFolder.weights, rows.weightChecksum),
    ] {
      guard let expected else { continue }
      let path = folder.file(name)
      guard exists(path), try Checksum(ofFileAt: path).value == expected else { return path }
    }
    return nil
  }

  /// Refuses kept rows that are not whole.
  func verify(_ rows: SplitRows) throws {
    guard let path = try damaged(rows) else { return }
    throw Failure.data(
      "\(path): it is missing, or was changed since phase 0 has kept it, expected --startPhase 0")
  }
}
