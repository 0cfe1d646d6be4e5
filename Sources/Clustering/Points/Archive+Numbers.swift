internal import KMeansFiles

// Sections that hold numbers of a kind, checked: what models, streams and sketches share.
extension Archive {
  /// Sets the section that says of which type the numbers are.
  mutating func setPrecision<Scalar: ClusteringScalar>(of type: Scalar.Type) {
    self["precision"] = .string(Self.precision(of: type))
  }

  /// Checks that the numbers are of a type.
  ///
  /// - Parameter reason: what the error says about it: ": the sketch was one of another type".
  func checkPrecision<Scalar: ClusteringScalar>(
    of type: Scalar.Type, _ reason: String = ""
  ) throws {
    let expected = Self.precision(of: type)
    guard try string("precision") == expected else {
      throw wrong("precision", "is another than \(expected)\(reason)")
    }
  }

  private static func precision<Scalar: ClusteringScalar>(of type: Scalar.Type) -> String {
    type == Float.self ? "float" : "double"
  }

  /// A whole number from `least` to 2^53.
  func count(_ name: String, from least: Int = 0) throws -> Int {
    let value = try int(name)
    guard value >= least, value < 1 << 53 else {
      throw wrong(name, "is \(value), expected a number from \(least) to 2^53")
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
    let found = try matrix(name, as: Scalar.self)
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
