import Foundation
import KMeansReports
import KMeansTestSupport
import Testing

/// The plane that points are drawn on.
@Suite struct PrincipalPlaneTests {
  @Test func `points on a line through space lie on the first axis`() throws {
    let direction = [2.0 / 3, -1.0 / 3, 2.0 / 3]
    let values = (-5...5).flatMap { step in direction.map { 7 + Double(step) * $0 } }
    let plane = try PrincipalPlane(values, columns: 3)
    for (found, expected) in zip(plane.axes[0], direction) {
      #expect((found - expected).magnitude < 1e-12)
    }
    #expect(plane.center.allSatisfy { ($0 - 7).magnitude < 1e-12 })
    #expect((plane.shares[0] - 1).magnitude < 1e-12 && plane.shares[1] < 1e-12)
    for (row, step) in (-5...5).enumerated() {
      let place = plane.place { values[3 * row + $0] }
      #expect((place.x - Double(step)).magnitude < 1e-12 && place.y.magnitude < 1e-12)
    }
    #expect(!plane.isOfColumns && plane.columnsUsed == nil)
  }

  @Test func `axes are those of the largest variances`() throws {
    // Variances 1, 100, 25 and covariances of none.
    let values = [
      [1, 0, 0, 0], [-1, 0, 0, 0], [0, 10, 0, 0], [0, -10, 0, 0], [0, 0, 5, 0], [0, 0, -5, 0],
    ].flatMap { $0.map(Double.init) }
    let plane = try PrincipalPlane(values, columns: 4)
    #expect(plane.leadingColumns(0, count: 1).map(\.column) == [1])
    #expect(plane.leadingColumns(1, count: 1).map(\.column) == [2])
    #expect((plane.shares[0] - 100.0 / 126).magnitude < 1e-12)
    #expect((plane.shares[1] - 25.0 / 126).magnitude < 1e-12)
    // The larger part of an axis is positive.
    #expect(plane.axes[0][1] > 0 && plane.axes[1][2] > 0)
  }

  @Test func `a weight is so many points`() throws {
    var random = TestRandom(3)
    let rows = (0..<20).map { _ in (0..<3).map { _ in random.bell() } }
    let weights = (0..<20).map { Double($0 % 4) }
    let weighted = try PrincipalPlane(rows.flatMap(\.self), columns: 3, weights: weights)
    let copies = zip(rows, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    let repeated = try PrincipalPlane(copies.flatMap(\.self), columns: 3)
    for axis in 0..<2 {
      #expect((weighted.shares[axis] - repeated.shares[axis]).magnitude < 1e-12)
      for (one, other) in zip(weighted.axes[axis], repeated.axes[axis]) {
        #expect((one - other).magnitude < 1e-9)
      }
    }
  }

  @Test func `two columns are a plane already`() throws {
    let plane = try PrincipalPlane([1, 5, 3, 9], columns: 2)
    #expect(plane.isOfColumns)
    let place = plane.place { [3.0, 9][$0] }
    #expect(place.x == 3 && place.y == 9)
    let line = try PrincipalPlane([1, 5, 3], columns: 1)
    let onLine = line.place { _ in 5 }
    #expect(onLine.x == 5 && onLine.y == 0 && line.shares == [1, 0])
  }

  @Test(arguments: [0.0, 1e-200, 1e120]) func `points of any size have a plane`(_ unit: Double)
    throws
  {
    var random = TestRandom(4)
    let values = (0..<300).map { _ in unit * random.bell() }
    let plane = try PrincipalPlane(values, columns: 3)
    #expect(plane.shares.allSatisfy { $0 >= 0 && $0 <= 1 })
    #expect(plane.axes.allSatisfy { $0.allSatisfy(\.isFinite) })
    let place = plane.place { values[$0] }
    #expect(place.x.isFinite && place.y.isFinite)
  }

  @Test func `of many columns those of the largest variance enter`() throws {
    let columns = PrincipalPlane.mostColumns + 8
    var random = TestRandom(5)
    var values = (0..<4 * columns).map { _ in random.bell() }
    for row in 0..<4 { values[row * columns + 3] = row % 2 == 0 ? 1000 : -1000 }
    // A column without any variance is none of them.
    for row in 0..<4 { values[row * columns + 5] = 1 }
    let plane = try PrincipalPlane(values, columns: columns)
    #expect(plane.columnsUsed == PrincipalPlane.mostColumns)
    #expect(plane.leadingColumns(0, count: 1).map(\.column) == [3])
    #expect(plane.axes[0][5] == 0)
  }

  @Test func `an ellipse of round points is a circle`() throws {
    let points = (0..<8).map { step in
      let angle = Double.pi / 4 * Double(step)
      return (x: 3 + 2 * cos(angle), y: 1 + 2 * sin(angle))
    }
    let ellipse = try #require(Ellipse(of: points))
    // The variance along each axis is half of the squared radius.
    let radius = (-2 * log(0.1)).squareRoot() * 2.0.squareRoot()
    for point in ellipse.outline() {
      #expect((hypot(point.x - 3, point.y - 1) - radius).magnitude < 1e-9)
    }
  }

  @Test func `an ellipse is as long as its points are`() throws {
    // Along the diagonal with variance 4, across it with variance 1.
    let half = 0.5.squareRoot()
    let points = [(2.0, 0.0), (-2, 0), (0, 1), (0, -1)].map { long, short in
      (x: half * (long - short) * 2.0.squareRoot(), y: half * (long + short) * 2.0.squareRoot())
    }
    let ellipse = try #require(Ellipse(of: points))
    let lengths = ellipse.outline(720).map { hypot($0.x, $0.y) }
    let scale = (-2 * log(0.1)).squareRoot()
    #expect((lengths.max()! - 2 * scale).magnitude < 1e-3)
    #expect((lengths.min()! - scale).magnitude < 1e-3)
    let longest = ellipse.outline(720).max { hypot($0.x, $0.y) < hypot($1.x, $1.y) }!
    #expect((longest.x - longest.y).magnitude < 0.05)
    #expect(Ellipse(of: [(0, 0), (1, 1)]) == nil)
    #expect(Ellipse(of: [(1, 1), (1, 1), (1, 1)]) == nil)
  }
}
