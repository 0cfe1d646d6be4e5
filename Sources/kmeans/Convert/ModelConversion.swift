import Clustering
import KMeansFiles
import VectorIO

// A model as input: its centroids are the rows.
extension ConvertCommand {
  /// Writes the centroids of a model, in the units of the points.
  ///
  /// - Throws: ``Failure`` where options ask for more than a model has.
  func copyCentroids(
    of path: String, to target: Output, _ format: VectorFormat
  ) throws -> CopiedRows {
    if rows.areColumnsListed {
      throw Failure.usage(
        "--columns \(rows.columns): \(path) is a model, of which all columns are "
          + "written: expected no such option")
    }
    let given = try GivenCentroids(model: path)
    return switch rows.precision ?? given.precision {
    case .float: try copy(given.model(as: Float.self, from: path), path, target, format)
    case .double: try copy(given.model(as: Double.self, from: path), path, target, format)
    }
  }

  private func copy<Scalar: ClusteringScalar>(
    _ model: KMeansModel<Scalar>, _ path: String, _ target: Output, _ format: VectorFormat
  ) throws -> CopiedRows {
    let (rows, columns) = (model.clusterCount, model.dimension)
    let names = ColumnNames(model.inputColumns, count: columns)
    let writer = try VectorWriter<Scalar>(
      target.path, format: format, columns: columns, columnNames: names.header, rows: rows)
    var rounded = RoundedValues<Scalar>(columns: Array(0..<columns), as: format)
    rounded.add(model.centroids, rowsBefore: 0)
    try writer.write(model.centroids)
    try writer.finish()
    rounded.notes.forEach { note("\(path): \($0)") }
    return CopiedRows(rows: rows, columns: columns, bytes: writer.byteCount, path: path)
  }
}
