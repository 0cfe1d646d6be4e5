internal import KMeansKernelTypes

/// A distance of two rows that is no squared Euclidean one: Manhattan, Chebyshev, Minkowski,
/// Tanimoto.
///
/// Rows are Doubles; those of other points are converted, which is exact. The order of operations
/// is that of `directDistance`: the same bits on every instruction set and machine, for no function
/// of the C library is called. Values must be finite and within `FiniteCheck.limit`.
package struct PairwiseDistance: Sendable {
  /// What is measured.
  package enum Measure: Sendable, Hashable {
    /// The sum of |x - y|.
    case manhattan
    /// The largest |x - y|.
    case chebyshev
    /// The p-th root of the sum of |x - y|^p: an exponent of at least 1.
    case minkowski(exponent: Double)
    /// 1 - xy / (|x|^2 + |y|^2 - xy), from 0 to 4/3, and 0 for two rows of zeros.
    case tanimoto
  }

  package let measure: Measure
  package let instructionSet: InstructionSet
  let kernels: PairwiseKernels
  /// The distance of Minkowski, but for exponents that make it another one.
  let minkowski: MinkowskiDistance?

  /// - Parameter instructionSet: one that this processor has.
  /// - Precondition: an exponent is finite and at least 1.
  package init(_ measure: Measure, instructionSet: InstructionSet = .best) {
    self.instructionSet = instructionSet
    kernels = .compiled(for: instructionSet)
    guard case .minkowski(let exponent) = measure else {
      (self.measure, minkowski) = (measure, nil)
      return
    }
    precondition(exponent >= 1 && exponent.isFinite)
    self.measure = exponent == 1 ? .manhattan : measure
    minkowski = exponent == 1 ? nil : MinkowskiDistance(exponent: exponent, kernels)
  }

  /// Whether it is a norm of the difference: then it obeys the triangle inequality, and a shift of
  /// both rows changes nothing.
  package var isNorm: Bool { measure != .tanimoto }

  /// The distance of two rows.
  ///
  /// - Complexity: O(columns).
  package func callAsFunction(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
  ) -> Double {
    if let minkowski { return minkowski(a, b, columns) }
    return switch measure {
    case .manhattan: kernels.sumOfDifferences(a, b, columns)
    case .chebyshev: kernels.largestDifference(a, b, columns)
    case .tanimoto, .minkowski: tanimoto(a, b, columns)
    }
  }

  /// A bound on the relative error of a distance that is a norm, in first order: one rounding a
  /// difference, ceil(d/8) + 3 additions, fewer than 2 p products, which the root divides by p
  /// again, and less than 60 for powers and roots by their series (`realPower`).
  func relativeError(columns: Int) -> Double {
    let sums = columns < 8 ? Double(columns) + 2 : (Double(columns) / 8).rounded(.up) + 6
    return (sums + (minkowski == nil ? 0 : 64)) * Double.unitRoundoff * 1.01
  }
}

// Tanimoto, On the notion of similarity between objects, 1958.
extension PairwiseDistance {
  /// Squares below this lose digits.
  static var tiny: Double { 0x1p-900 }

  private func tanimoto(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
  ) -> Double {
    let (own, others) = (
      kernels.sumOfProducts(a, a, columns), kernels.sumOfProducts(b, b, columns)
    )
    if own < Self.tiny, others < Self.tiny { return tanimotoOfTiny(a, b, columns) }
    return Self.tanimoto(kernels.sumOfProducts(a, b, columns), own, others)
  }

  /// The distance by the products of two rows with each other and with themselves. The divisor is
  /// at least half the sum of the squares.
  private static func tanimoto(_ product: Double, _ own: Double, _ others: Double) -> Double {
    let distance = 1 - product / ((own + others) - product)
    return distance > 0 ? distance : 0
  }

  /// The same for rows of which the squares nearly vanish: they are multiplied by a power of two,
  /// which changes no distance.
  private func tanimotoOfTiny(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ columns: Int
  ) -> Double {
    var largest = 0.0
    for column in 0..<columns { largest = max(largest, a[column].magnitude, b[column].magnitude) }
    if largest == 0 { return 0 }
    let scale = Double(sign: .plus, exponent: min(1000, -largest.exponent), significand: 1)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * columns) { rows in
      let (x, y) = (rows.baseAddress!, rows.baseAddress! + columns)
      for column in 0..<columns { (x[column], y[column]) = (a[column] * scale, b[column] * scale) }
      return Self.tanimoto(
        kernels.sumOfProducts(x, y, columns), kernels.sumOfProducts(x, x, columns),
        kernels.sumOfProducts(y, y, columns))
    }
  }
}
