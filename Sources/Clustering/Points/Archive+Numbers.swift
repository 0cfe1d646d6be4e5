internal import KMeansFiles

// Sections that hold numbers of a kind, checked: what models, streams and sketches share.
extension Archive {
  /// A number from 0 to 2^53.
  func count(_ name: String) throws -> Int {
    let value = try int(name)
    guard value >= 0, value < 1 << 53 else {
      throw wrong(name, "is \(value), expected a number from 0 to 2^53")
    }
    return Int(value)
  }

  /// A number within a range.
  func number(_ name: String, in range: ClosedRange<Double>) throws -> Double {
    let value = try double(name)
    guard range.contains(value) else {
      throw wrong(name, "is \(value), expected a number in \(range)")
    }
    return value
  }

  /// One number within a range for each of something.
  func numbers(_ name: String, _ count: Int, in range: ClosedRange<Double>) throws -> [Double] {
    let values: [Double] = try vector(name)
    guard values.count == count, values.allSatisfy({ range.contains($0) }) else {
      throw wrong(
        name, "has \(counted(values.count, "value")), expected \(count), all in \(range)")
    }
    return values
  }

  /// A matrix with rows and columns whose values can be those of points.
  func finiteMatrix<Scalar: ClusteringScalar>(_ name: String) throws -> Matrix<Scalar> {
    let found: (rows: Int, columns: Int, values: [Scalar])
    if Scalar.self == Float.self {
      let floats = try matrix(name, as: Float.self)
      found = (floats.rows, floats.columns, floats.values.map { Scalar($0) })
    } else {
      let doubles = try matrix(name, as: Double.self)
      found = (doubles.rows, doubles.columns, doubles.values.map { Scalar($0) })
    }
    guard found.rows > 0, found.columns > 0 else {
      throw wrong(name, "has \(found.rows) x \(found.columns) values, expected at least 1 x 1")
    }
    let limit = FiniteCheck<Scalar>.limit
    guard found.values.allSatisfy({ Double($0).magnitude <= limit }) else {
      throw wrong(name, "has a value that is not finite or beyond \(limit)")
    }
    let values = found.values
    return try Matrix(values.span, columns: found.columns)
  }
}
