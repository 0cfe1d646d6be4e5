internal import KMeansFiles

/// A line for each value that is not zero, `row column value`, behind lines that say how many there
/// are: Matrix Market, and counts of words.
///
/// A class, for it counts the values, which the first lines say.
final class EntryEncoder: UniformRowEncoder {
  private let format: VectorFormat
  private let columns: Int
  private var values = 0

  init(_ format: VectorFormat, columns: Int) { (self.format, self.columns) = (format, columns) }

  var countsRows: Bool { true }
  var countsValues: Bool { true }
  var rowLimit: Int { Int(Int32.max) }
  var columnLimit: Int { DenseSize.mostColumns }

  func header(rows: Int) -> [UInt8] {
    let lines =
      format == .docword
      ? ["\(rows)", "\(columns)", "\(values)"].map { Self.padded($0, to: 20) }
      : [
        "%%MatrixMarket matrix coordinate real general",
        Self.padded("\(rows) \(columns) \(values)", to: 60),
      ]
    return Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  /// A text with blanks behind it: room for the numbers that are known at the end.
  private static func padded(_ text: String, to length: Int) -> String {
    text + String(repeating: " ", count: length - text.utf8.count)
  }

  func encodeRow<Scalar: WritableScalar>(
    _ values: UnsafeBufferPointer<Scalar>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int {
    var text = TextTarget(target)
    for index in 0..<values.count where values[index] != 0 {
      text.append("\(place.row + 1) \(place.column + index + 1) ")
      if format == .docword {
        guard let count = Int32(exactly: values[index].asDouble) else {
          throw UnwritableValue(
            row: place.row, column: place.column + index, value: values[index].description,
            limits: "docword holds whole numbers of 32 bits")
        }
        text.append(count.description)
      } else {
        try text.append(values[index], place, index, format)
      }
      text.append("\n")
      self.values += 1
    }
    return text.count
  }
}
