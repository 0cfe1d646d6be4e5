/// Named values in a file of their own format: models, checkpoints and sketches are archives.
///
/// ```swift
/// var archive = Archive(kind: "model")
/// archive["inertia"] = .double(12.5)
/// archive.setMatrix("centroids", rows: 2, columns: 3, values: centroids.span)
/// try archive.write(to: "m.kmeans")
/// ```
///
/// Values come back bit for bit. Each section and the table of sections carries a CRC-32; an
/// archive that is cut off or changed in any bit is refused with the byte that shows it.
public struct Archive: Sendable, Equatable {
  /// The value of a section.
  public enum Value: Sendable, Equatable {
    /// Bytes with a meaning to their writer.
    case bytes([UInt8])
    /// A text.
    case string(String)
    /// A whole number.
    case int(Int64)
    /// A number.
    case double(Double)
    /// Whole numbers.
    case ints([Int64])
    /// Numbers in double precision.
    case doubles([Double])
    /// Numbers in single precision.
    case floats([Float])
    /// A matrix in double precision, row after row.
    case doubleMatrix(rows: Int, columns: Int, values: [Double])
    /// A matrix in single precision, row after row.
    case floatMatrix(rows: Int, columns: Int, values: [Float])
  }

  /// The largest size of a name or a kind, in bytes.
  public static let longestName = 1000

  /// The kind of the archive: "model", say.
  public let kind: String
  /// The names of the sections in the order in which they were set.
  public private(set) var names: [String] = []
  /// The file that the archive was read from, for error messages.
  package let path: String
  private var values: [String: Value] = [:]

  /// An archive without sections.
  ///
  /// - Parameter kind: the kind; at most ``longestName`` bytes.
  public init(kind: String) { self.init(kind: kind, path: Self.inMemory) }

  init(kind: String, path: String) {
    precondition(kind.utf8.count <= Archive.longestName, "a kind of \(kind.utf8.count) bytes")
    self.kind = kind
    self.path = path
  }

  /// A section by its name; `nil` where there is none, and setting `nil` removes it.
  ///
  /// - Precondition: a name has at most ``longestName`` bytes; a matrix has `rows * columns`
  ///   values.
  public subscript(name: String) -> Value? {
    get { values[name] }
    set {
      precondition(name.utf8.count <= Archive.longestName, "a name of \(name.utf8.count) bytes")
      precondition(newValue?.isWhole ?? true, "the values do not fill the matrix")
      if values[name] == nil, newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      values[name] = newValue
    }
  }

  /// Whether two archives hold the same sections; the files that they come from do not matter.
  public static func == (left: Archive, right: Archive) -> Bool {
    left.kind == right.kind && left.names == right.names && left.values == right.values
  }
}

extension Archive.Value {
  /// Whether the values of a matrix are as many as its shape says.
  var isWhole: Bool {
    func fills(_ rows: Int, _ columns: Int, _ count: Int) -> Bool {
      rows >= 0 && columns >= 0
        && rows.multipliedReportingOverflow(by: columns) == (partialValue: count, overflow: false)
    }
    return switch self {
    case .doubleMatrix(let rows, let columns, let values): fills(rows, columns, values.count)
    case .floatMatrix(let rows, let columns, let values): fills(rows, columns, values.count)
    default: true
    }
  }
}
