// Rows of C, checked: from here on they are views of the library.
internal import Clustering
internal import KMeansCHeader
internal import KMeansFiles
internal import KMeansLinearAlgebra

extension km_rows: VersionedStructure {
  static var initial: km_rows {
    var rows = km_rows()
    (rows.type, rows.layout) = (Int32(KM_FLOAT32), Int32(KM_DENSE))
    (rows.index_bits, rows.offset_bits) = (32, 32)
    return rows
  }
  static var name: String { "km_rows" }
  static var initializer: String { "call km_rows_init" }
}

/// The type of values.
enum ScalarType: Int32 {
  case float32 = 1
  case float64 = 2

  init(_ number: Int32, _ name: String) throws {
    self = try choice(
      number, name, of: [(KM_FLOAT32, ScalarType.float32), (KM_FLOAT64, .float64)])
  }

  init<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
    self = Scalar.self == Float.self ? .float32 : .float64
  }

  var name: String { self == .float32 ? "float32" : "float64" }
}

/// Rows of one type of values whose sizes and addresses were checked. An unsafe handle: valid for
/// as long as a call.
struct CheckedRows<Scalar: ClusteringScalar> {
  /// How they lie in memory.
  enum Layout {
    case dense(UnsafePointer<Scalar>, stride: Int)
    case sparse(SparseArrays<Scalar>)
  }

  let layout: Layout
  let count: Int
  let columns: Int
  let weights: UnsafeBufferPointer<Double>?

  /// - Throws: what is wrong with the structure, or with arrays of sparse rows.
  init(_ rows: km_rows, _ argument: String) throws {
    let count = try Self.count(rows.count, "\(argument)->count")
    self.count = count
    columns = try Self.count(rows.columns, "\(argument)->columns")
    guard columns > 0 else {
      throw BorderError.argument("\(argument)->columns is 0, expected at least 1")
    }
    weights =
      try count == 0
      ? nil
      : rows.weights.map {
        try Self.checkAddress($0, as: Double.self, "\(argument)->weights")
        return UnsafeBufferPointer(start: $0, count: count)
      }
    let isDense = try choice(
      rows.layout, "\(argument)->layout", of: [(KM_DENSE, true), (KM_CSR, false)])
    layout =
      isDense
      ? try Self.dense(rows, argument, count, columns) : try Self.sparse(rows, argument, count)
  }

  private static func dense(
    _ rows: km_rows, _ argument: String, _ count: Int, _ columns: Int
  ) throws -> Layout {
    let stride = rows.row_stride == 0 ? columns : Int(rows.row_stride)
    guard stride >= columns else {
      throw BorderError.argument(
        "\(argument)->row_stride is \(rows.row_stride), expected at least \(columns), the columns")
    }
    let values = max(0, count - 1).multipliedReportingOverflow(by: stride)
    let all = values.partialValue.addingReportingOverflow(columns)
    let bytes = all.partialValue.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
    // No process has more addresses.
    guard !values.overflow, !all.overflow, !bytes.overflow, bytes.partialValue <= 1 << 47 else {
      throw BorderError.argument(
        "\(argument): \(count) rows of \(stride) values are more than memory can hold")
    }
    let base: UnsafePointer<Scalar> = try Self.values(rows.values, count > 0, "\(argument)->values")
    return .dense(base, stride: stride)
  }

  private static func sparse(
    _ rows: km_rows, _ argument: String, _ count: Int
  ) throws -> Layout {
    guard count < 1 << 44, rows.nonzeros < 1 << 46, rows.columns <= Int64(Int32.max) else {
      throw BorderError.argument(
        "\(argument): \(count) rows of \(rows.columns) columns with \(rows.nonzeros) values, expected at "
          + "most \(Int32.max) columns and what memory can hold")
    }
    let nonzeros = try Self.count(rows.nonzeros, "\(argument)->nonzeros")
    let values: UnsafePointer<Scalar> = try values(
      rows.values, nonzeros > 0, "\(argument)->values")
    let widths = (
      try choice(rows.index_bits, "\(argument)->index_bits", of: [(32, 32), (64, 64)]),
      try choice(rows.offset_bits, "\(argument)->offset_bits", of: [(32, 32), (64, 64)])
    )
    func arrays<Offset: SparseIndex, Index: SparseIndex>(
      _: Offset.Type, _: Index.Type
    ) throws -> SparseArrays<Scalar> {
      let offsets: UnsafePointer<Offset> = try Self.values(
        rows.offsets, true, "\(argument)->offsets")
      let indices: UnsafePointer<Index> = try Self.values(
        rows.indices, nonzeros > 0, "\(argument)->indices")
      // The last offset is read before the indices are: nothing beyond them is.
      return try SparseArrays(
        offsets: UnsafeBufferPointer(start: offsets, count: count + 1).span,
        indices: UnsafeBufferPointer(start: indices, count: nonzeros).span,
        values: UnsafeBufferPointer(start: values, count: nonzeros).span,
        columns: Int(rows.columns))
    }
    return .sparse(
      try widths.1 == 32
        ? widths.0 == 32 ? arrays(Int32.self, Int32.self) : arrays(Int32.self, Int64.self)
        : widths.0 == 32 ? arrays(Int64.self, Int32.self) : arrays(Int64.self, Int64.self))
  }

  private static func count(_ number: Int64, _ name: String) throws -> Int {
    guard number >= 0 else {
      throw BorderError.argument("\(name) is \(number), expected at least 0")
    }
    return Int(number)
  }

  /// An address of values; any, where there are none.
  private static func values<Value>(
    _ pointer: UnsafeRawPointer?, _ areNeeded: Bool, _ name: String
  ) throws -> UnsafePointer<Value> {
    guard areNeeded || pointer != nil else {
      return UnsafePointer(bitPattern: MemoryLayout<Value>.alignment)!
    }
    let pointer = try required(pointer, name)
    try checkAddress(pointer, as: Value.self, name)
    return pointer.assumingMemoryBound(to: Value.self)
  }

  private static func checkAddress<Value>(
    _ pointer: UnsafeRawPointer, as type: Value.Type, _ name: String
  ) throws {
    guard Int(bitPattern: pointer) % MemoryLayout<Value>.alignment == 0 else {
      throw BorderError.argument(
        "\(name) is at \(pointer), expected a multiple of \(MemoryLayout<Value>.alignment)")
    }
  }
}

extension CheckedRows {
  /// The dense rows; an error where they are sparse.
  func denseView(_ argument: String) throws -> (base: UnsafePointer<Scalar>, stride: Int) {
    guard case .dense(let base, let stride) = layout else {
      throw BorderError.argument("\(argument) are sparse, expected dense rows")
    }
    return (base, stride)
  }

  /// A matrix of the dense rows, a copy.
  func matrix(_ argument: String) throws -> Matrix<Scalar> {
    let (base, stride) = try denseView(argument)
    var matrix = try Matrix<Scalar>(rows: count, columns: columns)
    let (rows, columns) = (count, columns)
    matrix.withMutableValues { values in
      for row in 0..<rows {
        (values + row * columns).update(from: base + row * stride, count: columns)
      }
    }
    return matrix
  }
}

/// Hands rows of either type to one of two closures.
func withRows<Result>(
  _ pointer: UnsafePointer<km_rows>?, named argument: String = "rows",
  _ floats: (CheckedRows<Float>) throws -> Result,
  _ doubles: (CheckedRows<Double>) throws -> Result
) throws -> Result {
  let rows = try km_rows.read(pointer, argument)
  return switch try ScalarType(rows.type, "\(argument)->type") {
  case .float32: try floats(CheckedRows(rows, argument))
  case .float64: try doubles(CheckedRows(rows, argument))
  }
}

/// Memory that a call will take, refused where the process cannot have it.
enum MemoryCheck {
  /// - Parameters:
  ///   - factors: two counts and the bytes of one of each, added up.
  static func check(_ factors: [(Int, Int, bytes: Int)], _ what: String) throws {
    var needed = 0
    for (rows, columns, bytes) in factors {
      let values = rows.multipliedReportingOverflow(by: columns)
      let part = values.partialValue.multipliedReportingOverflow(by: bytes)
      let sum = needed.addingReportingOverflow(part.partialValue)
      guard !values.overflow, !part.overflow, !sum.overflow else {
        throw BorderError(KM_OUT_OF_MEMORY, "\(what) takes more memory than there can be")
      }
      needed = sum.partialValue
    }
    // Asking the system takes longer than small memory does.
    guard needed > 64 << 20, let free = AvailableMemory.bytes, needed > free / 10 * 9 else {
      return
    }
    throw BorderError(
      KM_OUT_OF_MEMORY,
      "\(what) takes \(needed >> 20) MiB of memory, expected at most \(free / 10 * 9 >> 20) MiB, "
        + "nine tenths of what is free")
  }
}
