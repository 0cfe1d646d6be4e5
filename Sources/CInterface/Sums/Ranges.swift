// km_range: how large and how small the values of rows are.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra

extension km_range: VersionedStructure {
  static var initial: km_range { km_range(ValueRange()) }
  static var name: String { "km_range" }
  static var initializer: String { "call km_range_init" }

  init(_ range: ValueRange) {
    self.init()
    (largest, smallest, floats) = (range.largest, range.smallest, range.areFloats ? 1 : 0)
  }

  /// The range of the library.
  func checked(_ argument: String) throws -> ValueRange {
    var range = ValueRange()
    guard largest >= 0, largest.isFinite, smallest > 0, smallest == .infinity || smallest <= largest
    else {
      throw BorderError.argument(
        "\(argument) goes from \(smallest) to \(largest), expected what km_range_measure found")
    }
    (range.largest, range.smallest) = (largest, smallest)
    range.areFloats = try flag(floats, "\(argument)->floats")
    return range
  }
}

@c @implementation
public func km_range_init(_ range: UnsafeMutablePointer<km_range>?, _ size: Int) {
  km_range.initialize(range, size)
}

@c @implementation
public func km_range_measure(
  _ rows: UnsafePointer<km_rows>?, _ range: UnsafeMutablePointer<km_range>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try km_range.check(try required(range, "range"), "range")
    let found = try withRows(rows, { try measured($0) }, { try measured($0) })
    try km_range(found).write(to: range, "range")
  }
}

private func measured<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>
) throws -> ValueRange {
  let (base, stride) = try rows.denseView("rows")
  let checked = Rows(base: base, count: rows.count, columns: rows.columns, stride: stride)
  try WeightedRows(rows: checked).checkFinite(Execution())
  return ValueRange(of: checked, instructionSet: .best)
}

@c @implementation
public func km_range_merge(
  _ range: UnsafeMutablePointer<km_range>?, _ other: UnsafePointer<km_range>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    var merged = try km_range.read(UnsafePointer(range), "range").checked("range")
    merged.merge(try km_range.read(other, "other").checked("other"))
    try km_range(merged).write(to: range, "range")
  }
}
