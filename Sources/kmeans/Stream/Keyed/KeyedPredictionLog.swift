import Batching
import Clustering
import KMeansFiles
import VectorIO

/// What `--predictions` writes where each key has a model: for each row of the input its key and
/// the cluster that its model would have given it, before it was learnt.
final class KeyedPredictionLog {
  private static let header = "key,label,cluster,squared_distance"

  private let file: AppendingFile
  private var hasHeader = false

  init(_ path: String) { file = AppendingFile(path) }

  /// Looks at the lines of an earlier run.
  ///
  /// - Returns: the number of the line that comes next, where there are others before it.
  func examine() throws -> Int? {
    let header = Self.header
    let lines = try file.examine(as: "predictions with the header '\(header)'") { line, isWhole in
      isWhole ? line == header : header.hasPrefix(line)
    }
    hasHeader = lines > 0
    return lines > 0 ? lines + 1 : nil
  }

  /// Writes a line for each row of a batch, those that were left out among them.
  func add<Scalar: ClusteringScalar>(
    _ batch: RowBatch<Scalar>, _ predictions: KeyedPredictions?
  ) throws {
    try finish()
    let skipped = batch.leftOut
    let keys = RowIDs(batch.file, batch.auxiliary, points: batch.points.rows, skipped)
    var text: [UInt8] = []
    var row = 0
    try skipped.forEachRow(points: batch.points.rows) { point in
      if let keys { appendQuoted(keys[row], to: &text) }
      row += 1
      if let point, let predictions, predictions.labels[point] >= 0 {
        text += ",\(predictions.labels[point]),\(predictions.ids[point])".utf8
        text += ",\(predictions.squaredDistances[point])\n".utf8
      } else {
        text += ",-1,,\n".utf8
      }
      if text.count > 1 << 20 {
        try file.write(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    if !text.isEmpty { try file.write(text) }
  }

  /// Writes the header, if that has not been done.
  func finish() throws {
    guard !hasHeader else { return }
    hasHeader = true
    try file.write(Array("\(Self.header)\n".utf8))
  }
}
