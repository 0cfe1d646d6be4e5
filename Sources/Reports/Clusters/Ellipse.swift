import Foundation

/// The ellipse of a cluster on a plane: what holds a share of its points, were they normal.
package struct Ellipse: Sendable {
  package let center: (x: Double, y: Double)
  /// The half axes, as vectors.
  private let long: (x: Double, y: Double)
  private let short: (x: Double, y: Double)

  /// The share that it is drawn for.
  package static var share: Double { 0.9 }

  /// The ellipse of some points; `nil` for fewer than three, or where all are one.
  ///
  /// The half axes are the deviations along the two principal directions times the root of the
  /// quantile of chi-squared with two degrees of freedom, -2 ln(1 - p).
  package init?(of points: [(x: Double, y: Double)]) {
    guard points.count >= 3 else { return nil }
    let count = Double(points.count)
    let mean = points.reduce((x: 0.0, y: 0.0)) { ($0.x + $1.x / count, $0.y + $1.y / count) }
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for point in points {
      let (x, y) = (point.x - mean.x, point.y - mean.y)
      xx += x * x / count
      xy += x * y / count
      yy += y * y / count
    }
    guard xx + yy > 0, (xx + yy).isFinite else { return nil }
    // The eigenvalues of a symmetric matrix of two columns, and the angle of the larger one's axis.
    let (half, root) = ((xx + yy) / 2, (((xx - yy) / 2) * ((xx - yy) / 2) + xy * xy).squareRoot())
    let angle = xy == 0 && xx == yy ? 0 : 0.5 * atan2(2 * xy, xx - yy)
    let radius = (-2 * log(1 - Self.share)).squareRoot()
    let lengths = [half + root, half - root].map { radius * max(0, $0).squareRoot() }
    center = mean
    long = (lengths[0] * cos(angle), lengths[0] * sin(angle))
    short = (-lengths[1] * sin(angle), lengths[1] * cos(angle))
  }

  /// Points on it, one after the other.
  package func outline(_ count: Int = 48) -> [(x: Double, y: Double)] {
    (0..<count).map {
      let angle = 2 * Double.pi * Double($0) / Double(count)
      let (c, s) = (cos(angle), sin(angle))
      return (center.x + c * long.x + s * short.x, center.y + c * long.y + s * short.y)
    }
  }
}
