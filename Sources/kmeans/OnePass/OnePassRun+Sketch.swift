import Clustering
import KMeansFiles
import VectorIO

/// What the first pass found.
struct FirstPass<Scalar: ClusteringScalar> {
  let sketch: StreamingSketch<Scalar>
  /// What an error is about.
  let locator: ErrorLocator
  /// The number of rows that the reader left out.
  let skippedCount: Int
  /// The number of rows that have no direction once they are standardised.
  let withoutDirection: Int
  /// The means that missing values were taken to be, and how many of these were.
  var means: [Double]?
  var filledCount: Int?
}

/// What the first rows of several files say of all of them, so that their sketches can be merged.
struct FirstRows {
  /// The means of columns, for values that are missing.
  var means: [Double]?
  /// How columns are standardised, or mixed.
  var transform: RowTransform?
}

// The first pass: its memory is that of a block and of the sketch.
extension OnePassRun {
  /// The sketch of one file, or of several, each of which has one of its own.
  func sketch<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>, _ times: inout OnePassTimes
  ) throws -> FirstPass<Scalar> {
    let files = try InputFiles(command.source.paths).paths
    var pass: FirstPass<Scalar>
    if files.count > 1 {
      var sketches = FileSketches<Scalar>(
        self, files, like: file.info, try firstRows(file))
      pass = try sketches.merged(&times)
      sketches.notes.forEach(command.common.note)
    } else {
      var blocks = try PointBlocks(file, weightColumn: command.source.pointWeights)
      let (sketch, rows) = try self.sketch(&blocks, file, &times)
      blocks.notes.forEach(command.common.note)
      pass = FirstPass(
        sketch: sketch, locator: blocks.locator, skippedCount: blocks.skippedCount,
        withoutDirection: rows - sketch.pointCount, means: blocks.missing?.means,
        filledCount: blocks.missing?.filledCount)
    }
    noteTransform(pass, file.info.path)
    return pass
  }

  /// - Returns: the sketch, and the number of rows that were handed to it.
  private func sketch<Scalar: ClusteringScalar>(
    _ blocks: inout PointBlocks<Scalar>, _ file: VectorFile<Scalar>, _ times: inout OnePassTimes
  ) throws -> (StreamingSketch<Scalar>, rows: Int) {
    var rows = 0
    var sketch = StreamingSketch<Scalar>(parameters.sketch)
    let progress = Progress(command.common, total: file.info.rows ?? 0)
    let clock = ContinuousClock()
    while try blocks.next() {
      if rows == 0 { noteIDs(blocks.view, file.info) }
      let start = clock.now
      try blocks.add(to: &sketch)
      times.sketch += (clock.now - start).seconds
      rows += blocks.view.rows
      progress.show(sketch.pointCount) {
        "\(counted(sketch.pointCount, "point")), \(counted(sketch.weights.count, "centroid")) of the sketch"
      }
    }
    progress.finish()
    times.read += blocks.seconds
    // No other rows have a say in what is done to all.
    let begun = try ErrorLocator(file.info, as: Scalar.self).onError {
      () throws(ClusteringError) in try sketch.begun()
    }
    return (begun, rows)
  }

  /// Reads the first rows of several files, as many as a sketch would take of one.
  private func firstRows<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>
  ) throws -> FirstRows {
    guard file.info.takesMeans || parameters.sketch.measuresRows else { return FirstRows() }
    var blocks = try PointBlocks(file, weightColumn: command.source.pointWeights)
    var sketch = StreamingSketch<Scalar>(parameters.sketch)
    var first = FirstRows()
    while try blocks.next() {
      first.means = blocks.missing?.means
      guard parameters.sketch.measuresRows else { break }
      try blocks.add(to: &sketch)
      if sketch.transform != nil { break }
    }
    if parameters.sketch.measuresRows {
      first.transform = try ErrorLocator(file.info, as: Scalar.self).onError {
        () throws(ClusteringError) in try sketch.begun().transform
      }
    }
    return first
  }

  /// Notes by which rows the columns are standardised, and rows that were left out.
  private func noteTransform<Scalar: ClusteringScalar>(
    _ pass: FirstPass<Scalar>, _ path: String
  ) {
    guard parameters.sketch.measuresRows, pass.sketch.pointCount > 0 else { return }
    let leftOut = pass.withoutDirection
    let rows = pass.sketch.pointCount + leftOut
    let isAll = rows <= SketchParameters.rowsToStandardizeBy
    let measured =
      !parameters.distance.isEstimated
      ? "standardised"
      : parameters.standardizes ? "standardised, and their covariance taken," : "covariance taken"
    command.common.note(
      "\(path): \(measured) by "
        + (isAll ? "all \(counted(rows, "row"))" : "the first 10,000 rows"))
    if leftOut > 0 {
      command.common.note(
        "\(path): \(counted(leftOut, "row")) \(ZeroRows.withoutDirection(leftOut)) once the columns are "
          + "standardised")
    }
  }

  /// Notes columns of the first rows that look like ids.
  private func noteIDs<Scalar: ClusteringScalar>(
    _ points: MatrixView<Scalar>, _ info: VectorFileInfo
  ) {
    let notes = ColumnNotes(info: info, areListed: command.source.rows.areColumnsListed)
    let line = notes.line(ids: notes.ids(points), rows: points.rows, isWhole: false)
    if let line { command.common.note(line) }
  }
}

extension PointBlocks {
  /// Adds the points of the block to a sketch.
  ///
  /// - Throws: what is wrong with a row, with its place in the file.
  func add(to sketch: inout StreamingSketch<Scalar>) throws {
    let weights = weights
    try locator.onError { () throws(ClusteringError) in
      try sketch.add(view, weights: weights?.span)
    }
  }
}
