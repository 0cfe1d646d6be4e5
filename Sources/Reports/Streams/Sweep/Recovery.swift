/// How long a stream takes to come back from a change: until a tenth is left of the way from where
/// its centroids were to where they belong.
///
/// With half-life h the part of the way that is left after t units of time is 2^(-t/h), so that it
/// takes log2(10) h, 3.3 half-lives, where clusters keep their points.
package struct Recovery: Sendable, Hashable {
  /// The batch of the change.
  package let change: Double
  /// The batches from the change on until so little was left; `nil` where that did not happen.
  package let batches: Double?
  /// The batches that there were behind the change.
  package let watched: Double

  /// The part of the way that may be left.
  package static var rest: Double { 0.1 }

  /// The recovery from a change.
  ///
  /// - Parameters:
  ///   - distances: root mean square distances of each batch to the centroids before they learnt
  ///     it, ascending in x. What there was before the change (the median of the last ten) is
  ///     taken for what is left of them for ever, by the squares.
  ///   - change: the first batch after the change.
  /// - Returns: `nil` where the distances rise by less than half at the change.
  package init?(_ distances: [(x: Double, y: Double)], change: Double) {
    let before = distances.filter { $0.x < change && $0.y.isFinite }.suffix(10).map { $0.y }
      .sorted()
    let after = distances.filter { $0.x >= change && $0.y.isFinite }
    let floor = before.isEmpty ? 0 : before[before.count / 2]
    guard let first = after.first, let last = after.last, first.y > 1.5 * floor else { return nil }
    func excess(_ y: Double) -> Double { max(0, y * y - floor * floor).squareRoot() }
    let most = Self.rest * excess(first.y)
    self.change = change
    batches = after.first { excess($0.y) <= most }.map { $0.x - change }
    watched = last.x - change
  }

  /// The batch at which distances rise most, over all of some streams of the same points.
  package static func change(in curves: [[(x: Double, y: Double)]]) -> Double? {
    var rises: [Double: Double] = [:]
    for curve in curves {
      for (before, after) in zip(curve, curve.dropFirst()) where after.y > before.y {
        rises[after.x, default: 0] += after.y - before.y
      }
    }
    return rises.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }
}
