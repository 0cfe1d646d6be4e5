// A toy distance: the sum of the absolute differences.
import Clustering

/// Who is nearest by the Manhattan distance.
struct ManhattanCenters: RowAssigner {
  let centers: [[Double]]

  var clusters: Int { centers.count }
  var blockRows: Int { 100 }

  final class Scratch: AssignerScratch, @unchecked Sendable {
    let rows: Int
    let labels: UnsafeMutablePointer<Int32>
    let distances: UnsafeMutablePointer<Double>

    init(rows: Int) {
      self.rows = rows
      labels = .allocate(capacity: rows)
      distances = .allocate(capacity: rows)
    }

    deinit {
      labels.deallocate()
      distances.deallocate()
    }
  }

  func makeScratch(rows: Int) -> Scratch { Scratch(rows: rows) }
  func canUse(_ scratch: Scratch, rows: Int) -> Bool { scratch.rows >= rows }

  static func distance(_ row: UnsafePointer<Double>, _ center: [Double]) -> Double {
    center.indices.reduce(0) { $0 + (row[$1] - center[$1]).magnitude }
  }

  func assign(
    _ rows: Rows<Double>, scratch: Scratch, into result: Assignment, ahead: Rows<Double>?
  ) -> AssignmentCounts {
    var counts = AssignmentCounts()
    counts.rows = rows.count
    for row in 0..<rows.count {
      var best = (label: 0, distance: Double.infinity)
      for (label, center) in centers.enumerated() {
        let distance = Self.distance(rows[row], center)
        if distance < best.distance { best = (label, distance) }
      }
      if !result.labelsAreKnown || result.labels[row] != Int32(best.label) { counts.moved += 1 }
      result.labels[row] = Int32(best.label)
      result.distances?[row] = best.distance
    }
    return counts
  }

  func rangeSearch(
    _ rows: ListedRows<Double>, squaredRadii: UnsafePointer<Double>, scratch: Scratch,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void
  ) {
    for place in 0..<rows.count {
      let row = rows.number(place)
      for (cluster, center) in centers.enumerated() {
        let distance = Self.distance(rows[place], center)
        if distance * distance < squaredRadii[row] { found(row, cluster, distance * distance) }
      }
    }
  }
}
