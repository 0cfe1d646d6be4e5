internal import Clustering
internal import KMeansCHeader

/// One array of a stream, checked, and released at its end. An unsafe handle.
///
/// Offsets and slices are as Arrow has them: row i of a table is element `offset + i` of each
/// column, whose own offset is added; the lists of fixed length of a slice begin at that multiple.
final class ArrowBatch {
  private var array: ArrowArray
  private let columns: ArrowColumns
  /// The number of rows.
  let count: Int

  init(taking array: ArrowArray, _ columns: ArrowColumns) throws {
    self.array = array
    self.columns = columns
    count = Int(clamping: max(0, array.length))
    do {
      try Self.checkExtent(array, "an array of the stream")
      let expected = columns.isTable ? columns.names.count : nil
      guard expected == nil || Int(array.n_children) == expected else {
        throw BorderError(
          KM_STREAM_ERROR,
          "an array of \(array.n_children) columns, expected \(expected!) as the schema says")
      }
      if columns.isTable { try Self.refuseNulls(array, 0..<count, "the table", row: { $0 }) }
    } catch {
      self.array.release?(&self.array)
      self.array.release = nil
      throw error
    }
  }

  deinit { array.release?(&array) }

  /// Refuses lengths and offsets that no memory has: sums of those that are left do not overflow.
  /// Whether memory is there is for its owner to know.
  private static func checkExtent(_ array: ArrowArray, _ what: String) throws {
    let most = Int64(1) << 46
    guard 0...most ~= array.length, 0...most ~= array.offset else {
      throw BorderError(
        KM_STREAM_ERROR,
        "\(what) has the length \(array.length) and the offset \(array.offset), expected numbers from "
          + "0 to \(most)")
    }
  }

  /// A column of numbers within an array.
  private struct Numbers {
    let array: ArrowArray
    let base: UnsafeRawPointer
    let number: ArrowNumber

    init(_ array: ArrowArray, _ number: ArrowNumber, _ name: String) throws {
      guard array.n_buffers >= 2, let base = array.buffers?[1] ?? Self.nothing(array) else {
        throw BorderError(KM_STREAM_ERROR, "column '\(name)' has no values")
      }
      (self.array, self.number) = (array, number)
      self.base = base + Int(array.offset) * number.size
    }

    private static func nothing(_ array: ArrowArray) -> UnsafeRawPointer? {
      array.length == 0 ? UnsafeRawPointer(bitPattern: 64) : nil
    }
  }

  private func child(_ array: ArrowArray, _ place: Int, _ name: String) throws -> ArrowArray {
    guard place < Int(array.n_children), let child = array.children?[place] else {
      throw BorderError(KM_STREAM_ERROR, "column '\(name)' has no array")
    }
    try Self.checkExtent(child.pointee, "column '\(name)'")
    return child.pointee
  }

  /// The array of a column of the rows, and where its first row is in it.
  private func column(_ place: Int) throws -> (array: ArrowArray, first: Int) {
    guard columns.isTable else { return (array, 0) }
    let name = columns.names[place]
    let column = try child(array, place, name)
    let first = Int(array.offset)
    guard Int(column.length) >= first + count else {
      throw BorderError(
        KM_STREAM_ERROR,
        "column '\(name)' has \(column.length) rows, expected \(first + count)")
    }
    return (column, first)
  }

  /// The number of values of the first row.
  func width() throws -> Int {
    switch columns.rows {
    case .columns(let numbers): return numbers.count
    case .lists(.fixed(let length), _): return length
    case .lists(let lists, _):
      let (array, first) = try column(0)
      let offsets = try offsets(array, lists)
      return offsets(first + 1) - offsets(first)
    }
  }

  /// Where lists begin and end, by the number of a list in its array.
  private func offsets(
    _ array: ArrowArray, _ lists: ArrowColumns.Lists
  ) throws -> (Int) -> Int {
    if case .fixed(let length) = lists {
      let (values, overflow) = (Int(array.offset) + Int(array.length))
        .multipliedReportingOverflow(by: length)
      guard !overflow, values <= 1 << 60 else {
        throw BorderError(
          KM_STREAM_ERROR,
          "column '\(columns.names[0])' has \(array.length) lists of \(length) values from "
            + "\(array.offset) on, more than memory can hold")
      }
      return { (Int(array.offset) + $0) * length }
    }
    guard array.n_buffers >= 2, let base = array.buffers?[1] else {
      throw BorderError(KM_STREAM_ERROR, "column '\(columns.names[0])' has no offsets")
    }
    let first = Int(array.offset)
    if lists == .offsets32 {
      let values = base.assumingMemoryBound(to: Int32.self)
      return { Int(values[first + $0]) }
    }
    let values = base.assumingMemoryBound(to: Int64.self)
    return { Int(values[first + $0]) }
  }

  /// Copies some of the rows.
  ///
  /// - Parameters:
  ///   - width: the values of a row.
  ///   - before: how many rows of the stream came before this batch, for messages.
  ///   - target: OUT, rows x width.
  func copy<Scalar: ClusteringScalar>(
    _ rows: Range<Int>, width: Int, before: Int, to target: UnsafeMutablePointer<Scalar>
  ) throws {
    switch columns.rows {
    case .columns(let numbers):
      for (place, number) in numbers.enumerated() {
        let (array, first) = try column(place)
        let name = columns.names[place]
        let some = first + rows.lowerBound..<first + rows.upperBound
        try Self.refuseNulls(array, some, "column '\(name)'") { before + $0 - first }
        let values = try Numbers(array, number, name)
        values.number.convert(
          values.base, some, to: target + place, stride: width)
      }
    case .lists(let lists, let number):
      try copyLists(rows, lists, number, width: width, before: before, to: target)
    }
  }

  private func copyLists<Scalar: ClusteringScalar>(
    _ rows: Range<Int>, _ lists: ArrowColumns.Lists, _ number: ArrowNumber, width: Int,
    before: Int, to target: UnsafeMutablePointer<Scalar>
  ) throws {
    let (array, first) = try column(0)
    let name = columns.names[0]
    let some = first + rows.lowerBound..<first + rows.upperBound
    try Self.refuseNulls(array, some, "column '\(name)'") { before + $0 - first }
    let values = try child(array, 0, name)
    let offsets = try offsets(array, lists)
    for row in some {
      let (start, end) = (offsets(row), offsets(row + 1))
      guard start >= 0, end >= start, end <= Int(values.length) else {
        throw BorderError(
          KM_STREAM_ERROR,
          "row \(before + row - first) of column '\(name)' goes from value \(start) to \(end) of "
            + "\(values.length)")
      }
      guard end - start == width else {
        throw BorderError(
          KM_INVALID_DATA,
          "row \(before + row - first) of column '\(name)' has \(end - start) values, expected "
            + "\(width) as row 0 (rows count from 0)")
      }
    }
    let (start, end) = (offsets(some.lowerBound), offsets(some.upperBound))
    try Self.refuseNulls(values, start..<end, "a value of column '\(name)'") {
      before + rows.lowerBound + ($0 - start) / width
    }
    // All rows have one length, so they lie one behind another.
    let numbers = try Numbers(values, number, name)
    number.convert(numbers.base, start..<end, to: target, stride: 1)
  }

  /// Refuses the first null among some elements.
  ///
  /// - Parameter row: the row of the stream that an element belongs to.
  private static func refuseNulls(
    _ array: ArrowArray, _ elements: Range<Int>, _ what: String, row: (Int) -> Int
  ) throws {
    guard array.null_count != 0, array.n_buffers > 0, let bits = array.buffers?[0] else { return }
    let bytes = bits.assumingMemoryBound(to: UInt8.self)
    for element in elements {
      let place = Int(array.offset) + element
      guard bytes[place / 8] >> (place % 8) & 1 == 0 else { continue }
      throw BorderError(
        KM_INVALID_DATA,
        "row \(row(element)): \(what) is null, expected numbers (rows count from 0)")
    }
  }
}
