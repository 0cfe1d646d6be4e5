/// The boxes of some clusters, and of all rows that have a weight.
struct ClusterBoxes<Scalar: ClusteringScalar>: RowReduction {
  private let clusters: [Int]
  /// For each cluster its place among those that are measured, or -1.
  private let places: [Int]
  private var boxes: [ColumnBox<Scalar>]
  private(set) var all: ColumnBox<Scalar>

  init(_ clusters: [Int], clusters count: Int, columns: Int) {
    self.clusters = clusters
    var places = [Int](repeating: -1, count: count)
    for (place, cluster) in clusters.enumerated() { places[cluster] = place }
    self.places = places
    all = ColumnBox(columns: columns)
    boxes = Array(repeating: all, count: clusters.count)
  }

  var needsDistances: Bool { false }
  func empty() -> ClusterBoxes {
    ClusterBoxes(clusters, clusters: places.count, columns: all.low.count)
  }
  mutating func reset() { self = empty() }

  mutating func visit(_ block: VisitedRows<Scalar>) {
    all.visit(block)
    for row in 0..<block.points.count where block.points.weight(row) > 0 {
      let place = places[Int(block.labels[row])]
      if place >= 0 { boxes[place].add(block.points.rows[row]) }
    }
  }

  mutating func merge(_ later: borrowing ClusterBoxes) {
    all.merge(later.all)
    for place in boxes.indices { boxes[place].merge(later.boxes[place]) }
  }

  /// The box of a cluster, where it is one of those that are measured.
  func box(of cluster: Int) -> ColumnBox<Scalar>? {
    places[cluster] >= 0 ? boxes[places[cluster]] : nil
  }
}
