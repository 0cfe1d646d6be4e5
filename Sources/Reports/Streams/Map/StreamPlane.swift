/// The plane that points of any dimension are shown in: their two columns, or the two principal
/// components of the centroids over time.
///
/// The components are found by power iteration, each step orthogonal to the axis before: the same
/// bits everywhere, and no library is needed. Of points of one column there is no plane: they are
/// shown over time.
package struct StreamPlane: Sendable {
  /// What the axes are.
  package let labels: (x: String, y: String)
  /// Whether points have one column.
  package let isLine: Bool
  /// A remark on what is lost in the plane.
  package let note: String?
  private let mean: [Double]
  private let axes: [[Double]]

  /// - Parameters:
  ///   - rows: centroids, all of one length [n x d].
  ///   - names: the names of the columns, where they are known.
  /// - Complexity: O(n d) with a factor of about a hundred, for at most some thousand of the rows.
  package init(_ rows: [[Double]], names: [String]? = nil) {
    let columns = rows.first?.count ?? 1
    func name(_ column: Int) -> String { names?[column] ?? "column \(column + 1)" }
    isLine = columns == 1
    guard columns > 2 else {
      labels = (name(0), columns == 1 ? name(0) : name(1))
      (mean, axes, note) = ([], [], nil)
      return
    }
    let most = min(2000, max(10, 2_000_000 / columns))
    let sample = (0..<min(most, rows.count)).map { rows[$0 * rows.count / min(most, rows.count)] }
    let components = PrincipalPair(sample)
    (mean, axes) = (components.mean, components.axes)
    let shares = components.shares.map(percentText)
    labels = ("principal component 1 (\(shares[0]))", "principal component 2 (\(shares[1]))")
    note =
      "Of \(columns) columns the two principal components of the centroids over time are shown, "
      + "with \(percentText(components.shares.reduce(0, +))) of their variance: what is near in the "
      + "picture may be far in the other directions."
  }

  /// The place of a point; of one column, its value is `y`.
  package func place(_ point: [Double]) -> (x: Double, y: Double) {
    if isLine { return (0, point[0]) }
    if axes.isEmpty { return (point[0], point[1]) }
    func along(_ axis: [Double]) -> Double {
      var sum = 0.0
      for column in axis.indices { sum += (point[column] - mean[column]) * axis[column] }
      return sum
    }
    return (along(axes[0]), along(axes[1]))
  }
}

/// The first two principal components of some rows.
private struct PrincipalPair {
  let mean: [Double]
  /// Of length 1, orthogonal to each other.
  private(set) var axes: [[Double]] = []
  /// The share of the variance along each.
  private(set) var shares: [Double] = []

  private static let steps = 60

  init(_ rows: [[Double]]) {
    let columns = rows[0].count
    let largest = rows.reduce(0.0) { $1.reduce($0) { max($0, $1.magnitude) } }
    let scale = largest > 0 ? 1 / largest : 1
    var mean = Array(repeating: 0.0, count: columns)
    for row in rows { for column in 0..<columns { mean[column] += row[column] * scale } }
    for column in 0..<columns { mean[column] /= Double(rows.count) }
    var rest = rows.map { row in (0..<columns).map { row[$0] * scale - mean[$0] } }
    self.mean = mean.map { $0 / scale }
    let total = rest.reduce(0) { $0 + Self.product($1, $1) }
    for number in 0..<2 {
      let (axis, variance) = Self.axis(of: rest, otherwise: number)
      axes.append(axis)
      shares.append(total > 0 ? variance / total : 0)
      for row in rest.indices {
        let length = Self.product(rest[row], axis)
        for column in 0..<columns { rest[row][column] -= length * axis[column] }
      }
    }
  }

  /// The direction in which rows about 0 are longest, and the sum of their squares along it.
  private static func axis(
    of rows: [[Double]], otherwise column: Int
  ) -> (axis: [Double], variance: Double) {
    let columns = rows[0].count
    let farthest = rows.max { product($0, $0) < product($1, $1) }!
    var axis = (0..<columns).map { $0 == column ? 1.0 : 0 }
    var variance = product(farthest, farthest)
    // What rounding leaves of rows that are one point is no direction.
    guard variance > 1e-28 else { return (axis, 0) }
    axis = farthest.map { $0 / variance.squareRoot() }
    for _ in 0..<steps {
      var next = Array(repeating: 0.0, count: columns)
      for row in rows {
        let length = product(row, axis)
        for column in 0..<columns { next[column] += length * row[column] }
      }
      let size = product(next, next).squareRoot()
      guard size > 0 else { break }
      variance = size
      axis = next.map { $0 / size }
    }
    let largest = axis.max { $0.magnitude < $1.magnitude }!
    return (largest < 0 ? axis.map { -$0 } : axis, variance)
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
