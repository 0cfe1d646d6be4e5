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
  /// The columns of the input, with the means that missing values were taken to be.
  let columns: InputColumns?
  /// How many these were.
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
        withoutDirection: rows - sketch.pointCount,
        columns: InputColumns(
          file.info, file.info.chosenColumns, means: blocks.missing?.means
        ).remembered,
        filledCount: blocks.missing?.filledCount)
    }
    noteTransform(pass, file.info.path)
    return pass
  }

  /// - Returns: the sketch, and the number of rows that were handed to it.
  private func sketch<Scalar: ClusteringScalar>(
    _ blocks: inout PointBlocks<Scalar>, _ file: VectorFile<Scalar>, _ times: inout OnePassTimes
  ) throws -> (StreamingSketch<Scalar>, rows: Int) {
    let work = try SketchWork(self, &blocks)
    let progress = Progress(command.common, total: file.info.rows ?? 0)
    let clock = ContinuousClock()
    while try blocks.next() {
      if work.rows == 0 { noteIDs(blocks.view, file.info) }
      let start = clock.now
      try work.add(&blocks)
      times.sketch += (clock.now - start).seconds
      progress.show(work.sketch.pointCount) {
        "\(counted(work.sketch.pointCount, "point")), "
          + "\(counted(work.sketch.weights.count, "centroid")) of the sketch"
      }
    }
    try work.finish(blocks)
    progress.finish()
    times.read += blocks.seconds
    // No other rows have a say in what is done to all.
    let begun = try ErrorLocator(file.info, as: Scalar.self).onError {
      () throws(ClusteringError) in try work.sketch.begun()
    }
    return (begun, work.rows)
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
  func noteTransform<Scalar: ClusteringScalar>(
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
  func noteIDs<Scalar: ClusteringScalar>(
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
