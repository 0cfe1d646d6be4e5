internal import Clustering
internal import KMeansCHeader
internal import KMeansCLibrary
internal import KMeansFiles
internal import KMeansLinearAlgebra

extension km_arrow_options: VersionedStructure {
  static var initial: km_arrow_options { km_arrow_options() }
  static var name: String { "km_arrow_options" }
  static var initializer: String { "call km_arrow_options_init" }
}

/// The rows of a stream, once it has ended: in memory, as far as that may be, else in a file.
enum KeptRows<Scalar: ClusteringScalar> {
  case inMemory(Matrix<Scalar>)
  case spilled(SpilledRows<Scalar>)

  var count: Int {
    switch self {
    case .inMemory(let rows): rows.rows
    case .spilled(let rows): rows.count
    }
  }

  /// Reads a stream to its end.
  init(reading source: ArrowRows<Scalar>, _ options: km_arrow_options) throws {
    let limit = try Self.limit(options)
    let folder = try options.spill_path.map { try path($0) } ?? Self.temporaryFolder
    let rowBytes = source.columns * MemoryLayout<Scalar>.stride
    let block = max(1, min(1 << 22, limit) / rowBytes)
    var kept = try Matrix<Scalar>(reserving: block, columns: source.columns)
    while true {
      if kept.reservedRows == kept.rows {
        let more = max(block, kept.rows / 2)
        guard (kept.rows + more) * rowBytes <= limit else {
          self = .spilled(try Self.spill(kept, source, block: block, in: folder))
          return
        }
        try kept.reserve(rows: kept.rows + more)
      }
      let room = kept.reservedRows - kept.rows
      if try kept.append(atMost: room, by: { try source.read(into: &$0) }) == 0 { break }
    }
    self = .inMemory(kept)
  }

  /// Writes rows to a file, and all that follow.
  private static func spill(
    _ kept: consuming Matrix<Scalar>, _ source: ArrowRows<Scalar>, block: Int, in folder: String
  ) throws -> SpilledRows<Scalar> {
    let spilled = try SpilledRows<Scalar>(columns: source.columns, in: folder)
    let writer = SpillWriter(spilled)
    try writer.write(kept)
    kept = try Matrix(reserving: block, columns: source.columns)
    while try kept.append(atMost: block, by: { try source.read(into: &$0) }) > 0 {
      // The writer has this one now.
      kept = try writer.write(kept) ?? Matrix(reserving: block, columns: source.columns)
    }
    try writer.finish()
    return spilled
  }

  private static func checkedMemory(_ bytes: Int64) throws -> Int {
    guard bytes >= 0 else {
      throw BorderError.argument("arrow->memory is \(bytes), expected at least 0")
    }
    return Int(bytes)
  }

  private static func limit(_ options: km_arrow_options) throws -> Int {
    let wanted = try checkedMemory(options.memory)
    return wanted > 0 ? wanted : (AvailableMemory.bytes ?? 1 << 32) / 2
  }

  private static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
  }
}
