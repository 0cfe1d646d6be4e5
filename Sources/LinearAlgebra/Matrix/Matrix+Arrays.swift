// A matrix as arrays and as text.
extension Matrix {
  /// The rows as arrays: a copy of all values.
  ///
  /// - Complexity: O(rows columns), and an allocation a row.
  public var rowArrays: [[Scalar]] {
    (0..<rows).map { row in
      Array(UnsafeBufferPointer(start: storage.base + row * columns, count: columns))
    }
  }
}

extension Matrix: CustomStringConvertible {
  /// The shape and the type: `3 x 2 Float`.
  public var description: String { "\(rows) x \(columns) \(Scalar.self)" }
}

extension Matrix: CustomDebugStringConvertible {
  /// The shape, the type and the values, a line a row. Of a large matrix the first and the last
  /// rows and columns.
  public var debugDescription: String {
    let lines = Self.shown(of: rows, most: 10).map { row -> String in
      guard let row else { return "..." }
      let values = Self.shown(of: columns, most: 10).map { column in
        column.map { "\(storage.base[row * columns + $0])" } ?? "..."
      }
      return "[\(values.joined(separator: ", "))]"
    }
    return ([description] + lines).joined(separator: "\n")
  }

  /// All numbers below a count, or the first and the last of them and `nil` between.
  private static func shown(of count: Int, most: Int) -> [Int?] {
    guard count > most else { return (0..<count).map { $0 } }
    let (first, last) = (0..<most / 2, count - most / 2..<count)
    return first.map { $0 } + [nil] + last.map { $0 }
  }
}
