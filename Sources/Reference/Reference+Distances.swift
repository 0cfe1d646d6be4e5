// The distances that are no squared Euclidean ones, from their definitions.

extension Reference {
  /// The sum of |a - b|: below 8 values a running sum, else in eight lanes as
  /// ``squaredDistance(_:_:)``.
  public static func manhattan(_ a: [Double], _ b: [Double]) -> Double {
    inLanes(zip(a, b).map { abs($0 - $1) })
  }

  /// The largest |a - b|.
  public static func chebyshev(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.max() ?? 0
  }

  /// The sum of |a - b|^p for a whole p, whose powers multiply the squares of squares that the bits
  /// of p name, the lowest first; for 3 it is x (x x).
  public static func sumOfPowers(_ a: [Double], _ b: [Double], _ p: Int) -> Double {
    inLanes(
      zip(a, b).map { a, b in
        let base = abs(a - b)
        if p == 3 { return base * (base * base) }
        var squares = [base]
        while 1 << squares.count <= p { squares.append(squares.last! * squares.last!) }
        let factors = squares.indices.filter { p >> $0 & 1 == 1 }.map { squares[$0] }
        return factors.dropFirst().reduce(factors[0]) { $0 * $1 }
      })
  }

  /// The sum of a b.
  public static func product(_ a: [Double], _ b: [Double]) -> Double {
    inLanes(zip(a, b).map { $0 * $1 })
  }

  /// 1 - ab / (|a|^2 + |b|^2 - ab), 0 for two rows of zeros.
  public static func tanimoto(_ a: [Double], _ b: [Double]) -> Double {
    let (ab, aa, bb) = (product(a, b), product(a, a), product(b, b))
    if aa == 0, bb == 0 { return 0 }
    return max(0, 1 - ab / (aa + bb - ab))
  }

  private static func inLanes(_ terms: [Double]) -> Double {
    if terms.count < 8 { return terms.reduce(0, +) }
    var lane = InlineArray<8, Double>(repeating: 0)
    for i in 0..<terms.count { lane[i % 8] += terms[i] }
    let even = (lane[0] + lane[4]) + (lane[2] + lane[6])
    let odd = (lane[1] + lane[5]) + (lane[3] + lane[7])
    return even + odd
  }
}
