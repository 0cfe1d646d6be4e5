import Batching
import Clustering
import KMeansFiles
import VectorIO

/// What `--predictions` writes: for each row of the input, the cluster that it would have been
/// given before it was learnt. As csv it grows batch by batch, whole lines at a time; the labels
/// alone, as npy, are written at the end.
final class PredictionLog {
  private let output: Output
  let file: AppendingFile
  private let hasKeys: Bool
  /// Whether each line begins with the name of the file in its folder.
  private let hasFiles: Bool
  /// The ids of the clusters, where the stream does not know them.
  private let ids: [Int]?
  /// Whether the header is there.
  var hasHeader = false
  private let budget = MemoryBudget()
  /// One for each row, where they are written at the end.
  private var labels: [Int32] = []

  init(_ output: Output, hasKeys: Bool, ids: [Int]?, hasFiles: Bool = false) {
    self.hasFiles = hasFiles
    self.ids = ids
    self.output = output
    self.hasKeys = hasKeys
    file = AppendingFile(output.path)
  }

  /// Looks at the lines of an earlier run.
  ///
  /// - Returns: the number of the line that comes next, where there are others before it.
  func examine() throws -> Int? {
    if takesLabelsAlone { return nil }
    let header = header
    let lines = try file.examine(as: "predictions with the header '\(header)'") { line, isWhole in
      isWhole ? line == header : header.hasPrefix(line)
    }
    hasHeader = lines > 0
    return lines > 0 ? lines + 1 : nil
  }

  /// Whether the labels are all that is needed.
  var takesLabelsAlone: Bool { output.form == .npy }

  /// The parts of predictions that are written.
  var parts: Predictions.Parts { takesLabelsAlone ? .labels : .all }

  /// Adds the rows of a batch.
  ///
  /// - Parameters:
  ///   - predictions: one for each point; nothing while there are no centroids.
  ///   - labels: the same where they are all that is needed.
  func add<Scalar: ClusteringScalar>(
    _ batch: RowBatch<Scalar>, _ predictions: Predictions?, labels found: [Int32]?
  ) throws {
    if takesLabelsAlone {
      let found = found ?? Array(repeating: -1, count: batch.points.rows)
      labels += batch.leftOut.filled(found, with: -1)
      try budget.check(
        Double(labels.count) * 12, "\(batch.file.path): the labels of \(labels.count) rows")
    } else {
      let points = batch.points.rows
      let keys = RowIDs(batch.file, batch.auxiliary, points: points, batch.leftOut)
      try write(
        batch.leftOut, keys: keys, of: batch.file.path, points: points, predictions)
    }
  }

  /// Writes the labels that wait.
  func finish() throws {
    if takesLabelsAlone { try output.write(labels: labels) } else { try writeHeader() }
  }

  /// Writes a line for each row of a batch, those that were left out among them.
  private func write(
    _ skipped: SkippedRows, keys: RowIDs?, of path: String, points: Int,
    _ predictions: Predictions?
  ) throws {
    try writeHeader()
    var text: [UInt8] = []
    text.reserveCapacity(min((points + skipped.count) * 80, 1 << 20))
    var (row, name) = (0, [UInt8]())
    if hasFiles {
      appendQuoted(FileName.last(of: path), to: &name)
      name.append(UInt8(ascii: ","))
    }
    try skipped.forEachRow(points: points) { point in
      text += name
      if hasKeys {
        if let keys { appendQuoted(keys[row], to: &text) }
        text.append(UInt8(ascii: ","))
        row += 1
      }
      append(point, predictions, to: &text)
      // Pieces, for a large batch would be as large a text.
      if text.count > 1 << 20 {
        try file.write(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    if !text.isEmpty { try file.write(text) }
  }

  private func append(_ point: Int?, _ predictions: Predictions?, to text: inout [UInt8]) {
    guard let point, let predictions, predictions.labels[point] >= 0 else {
      text += "-1,,,,,\n".utf8
      return
    }
    let label = predictions.labels[point]
    text += "\(label),\(ids?[Int(label)] ?? predictions.ids[point])".utf8
    let numbers = [
      predictions.squaredDistances[point], predictions.margins[point],
      predictions.outlierScores[point], predictions.tailProbabilities[point],
    ]
    for number in numbers {
      text.append(UInt8(ascii: ","))
      // What a cluster without points knows nothing of stays empty.
      if !number.isNaN { text += number.description.utf8 }
    }
    text.append(UInt8(ascii: "\n"))
  }

  private func writeHeader() throws {
    guard !hasHeader else { return }
    hasHeader = true
    try file.write(Array("\(header)\n".utf8))
  }

  private var header: String {
    (hasFiles ? "file," : "") + (hasKeys ? "key," : "")
      + "label,cluster,squared_distance,margin,outlier_score,tail_probability"
  }
}

/// What makes quotes necessary.
private let special = Set(",\"\r\n".utf8)

/// Appends a field of csv, quoted where it has to be (RFC 4180).
func appendQuoted(_ field: String, to text: inout [UInt8]) {
  let bytes = FileName.bytes(of: field)
  let blanks = [UInt8(ascii: " "), UInt8(ascii: "\t")]
  let endsBlank = [bytes.first, bytes.last].contains { $0.map(blanks.contains) ?? false }
  guard endsBlank || bytes.contains(where: special.contains) else {
    text += bytes
    return
  }
  let quote = UInt8(ascii: "\"")
  text.append(quote)
  for byte in bytes {
    if byte == quote { text.append(quote) }
    text.append(byte)
  }
  text.append(quote)
}
