// Rows as text. Numbers are the shortest that read back as the same bits.

internal import KMeansFiles

/// Fields with a delimiter between them, and a header where there are names.
struct DelimitedRows: UniformRowEncoder {
  let delimiter: String
  let names: [String]?

  func header(rows: Int) -> [UInt8] {
    guard let names else { return [] }
    let fields = names.map { quotedField($0, delimiter: delimiter) }
    return FileName.bytes(of: fields.joined(separator: delimiter) + "\n")
  }

  func encodeRow<Scalar: WritableScalar>(
    _ values: UnsafeBufferPointer<Scalar>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) -> Int {
    var text = TextTarget(target)
    for index in 0..<values.count {
      if place.column + index > 0 { text.append(delimiter) }
      text.append(values[index].description)
    }
    if place.isLast { text.append("\n") }
    return text.count
  }
}

/// Spark's dense vectors, one a line.
struct SparkRows: UniformRowEncoder {
  func encodeRow<Scalar: WritableScalar>(
    _ values: UnsafeBufferPointer<Scalar>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int {
    var text = TextTarget(target)
    for index in 0..<values.count {
      text.append(place.column + index > 0 ? "," : "[")
      try text.append(values[index], place, index, .spark)
    }
    if place.isLast { text.append("]\n") }
    return text.count
  }
}

/// A label of 0 and the values that are not zero, behind the numbers of their columns.
struct LibSVMRows: UniformRowEncoder {
  /// The label of rows that have none.
  static let noLabel = "0"

  let columns: Int
  /// Whether the label of each row is written before it by others.
  let isLabelGiven: Bool

  func encodeRow<Scalar: WritableScalar>(
    _ values: UnsafeBufferPointer<Scalar>, at place: RowPlace, to target: UnsafeMutableRawPointer
  ) throws(UnwritableValue) -> Int {
    var text = TextTarget(target)
    if place.column == 0, !isLabelGiven { text.append(Self.noLabel) }
    for index in 0..<values.count {
      let number = place.column + index + 1
      // A reader takes a value that is left out for +0, so -0 is written.
      let isLeftOut = values[index] == 0 && values[index].sign == .plus
      if isLeftOut, place.row > 0 || number < columns { continue }
      text.append(" ")
      text.append(number.description)
      text.append(":")
      try text.append(values[index], place, index, .libsvm)
    }
    if place.isLast { text.append("\n") }
    return text.count
  }
}

/// Memory that texts are put into one after another.
struct TextTarget {
  private let base: UnsafeMutableRawPointer
  private(set) var count = 0

  init(_ base: UnsafeMutableRawPointer) { self.base = base }

  mutating func append(_ text: String) {
    var text = text
    count = text.withUTF8 { [base, count] bytes in
      if let start = bytes.baseAddress {
        (base + count).copyMemory(from: start, byteCount: bytes.count)
      }
      return count + bytes.count
    }
  }

  /// A number in a format whose readers take finite ones only.
  mutating func append<Scalar: WritableScalar>(
    _ value: Scalar, _ place: RowPlace, _ index: Int, _ format: VectorFormat
  ) throws(UnwritableValue) {
    guard value.isFinite else {
      throw UnwritableValue(
        row: place.row, column: place.column + index, value: value.description,
        limits: "\(format.rawValue) holds finite numbers")
    }
    append(value.description)
  }
}
