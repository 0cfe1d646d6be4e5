/// The plane that points of any dimension are shown in: their two columns, or the two principal
/// components of the centroids over time. Of points of one column there is no plane: they are shown
/// over time.
package struct StreamPlane: Sendable {
  /// What the axes are.
  package let labels: (x: String, y: String)
  /// Whether points have one column.
  package let isLine: Bool
  /// A remark on what is lost in the plane.
  package let note: String?
  /// `nil` where the first two columns are taken.
  private let components: PrincipalPlane?

  /// How many values enter.
  private static let mostValues = 2_000_000

  /// - Parameters:
  ///   - rows: centroids, all of one length [n x d].
  ///   - names: the names of the columns, where they are known.
  /// - Complexity: O(m d^2 + d^3) for m of the rows, of at most two million values.
  package init(_ rows: [[Double]], names: [String]? = nil) {
    let columns = rows.first?.count ?? 1
    func name(_ column: Int) -> String { names?[column] ?? "column \(column + 1)" }
    isLine = columns == 1
    let usual = (name(0), columns == 1 ? name(0) : name(1))
    guard columns > 2 else {
      (labels, components, note) = (usual, nil, nil)
      return
    }
    let count = min(rows.count, max(10, Self.mostValues / columns))
    let sample = (0..<count).flatMap { rows[$0 * rows.count / count] }
    do {
      let found = try PrincipalPlane(sample, columns: columns)
      let shares = found.shares.map(percentText)
      labels = ("component 1 (\(shares[0]))", "component 2 (\(shares[1]))")
      components = found
      note =
        "Of \(columns) columns the two principal components of the centroids over time are shown, "
        + "with \(percentText(found.shares.reduce(0, +))) of their variance: what is near in the "
        + "picture may be far in the other directions."
    } catch {
      (labels, components) = (usual, nil)
      note = "The first two of \(columns) columns are shown: \(error.reason)."
    }
  }

  /// The place of a point; of one column, its value is `y`.
  package func place(_ point: [Double]) -> (x: Double, y: Double) {
    if isLine { return (0, point[0]) }
    return components?.place { point[$0] } ?? (point[0], point[1])
  }
}
