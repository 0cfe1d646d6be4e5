/// The labels of one assignment as they change, and the sums with them. An unsafe handle.
final class ColumnChange<Scalar: ClusteringScalar> {
  let order: ColumnOrder<Scalar>
  private let labels: UnsafeMutablePointer<Int32>
  let areKnown: Bool
  /// The sums to correct; `nil` where they are rounded.
  private let sums: ExactSumPlaces<Scalar>?
  /// How many labels are others than before, or all of them where none was known.
  private(set) var moved = 0
  /// How many distances were computed, two for a probe.
  var compared = 0

  init(
    _ order: ColumnOrder<Scalar>, _ labels: UnsafeMutablePointer<Int32>, areKnown: Bool,
    _ sums: ExactSumPlaces<Scalar>?
  ) {
    self.order = order
    self.labels = labels
    self.areKnown = areKnown
    self.sums = sums
  }

  /// Takes the rows between the boundaries of two assignments to their new clusters.
  ///
  /// - Precondition: the labels are those of the last cells.
  /// - Complexity: O(cells + moved rows).
  func move(from last: SortedCells, to next: SortedCells) {
    var (old, new, place) = (0, 0, 0)
    while place < order.count {
      while last.starts[old + 1] <= place { old += 1 }
      while next.starts[new + 1] <= place { new += 1 }
      let end = min(last.starts[old + 1], next.starts[new + 1])
      let (from, to) = (last.clusters[old], next.clusters[new])
      if from != to {
        for place in place..<end { labels[Int(order.rows[place])] = to }
        move(place..<end, from: from, to: to)
      }
      place = end
    }
  }

  /// Takes every row to its cell, whatever its label was.
  ///
  /// - Complexity: O(n).
  func take(_ cells: SortedCells) {
    for cell in cells.clusters.indices {
      take(cells.starts[cell]..<cells.starts[cell + 1], to: cells.clusters[cell])
    }
  }

  /// Takes some rows to a cluster, run by run of equal old labels.
  func take(_ some: Range<Int>, to cluster: Int32) {
    var (begin, before) = (some.lowerBound, cluster)
    for place in some {
      let row = Int(order.rows[place])
      let old = areKnown ? labels[row] : -1
      if old != before {
        move(begin..<place, from: before, to: cluster)
        (begin, before) = (place, old)
      }
      labels[row] = cluster
    }
    move(begin..<some.upperBound, from: before, to: cluster)
  }

  private func move(_ some: Range<Int>, from old: Int32, to new: Int32) {
    guard old != new, !some.isEmpty else { return }
    moved += some.count
    sums?.move(order.values + some.lowerBound, some.count, from: Int(old), to: Int(new))
  }
}

extension ExactSumPlaces {
  /// Takes rows of one column, one after another in memory, off a cluster and adds them to another:
  /// the bits of ``add(_:sign:to:_:of:_:)``, for nothing is ever rounded.
  ///
  /// - Parameter old: -1 where they come from nowhere.
  func move(_ values: UnsafePointer<Scalar>, _ count: Int, from old: Int, to new: Int) {
    var (multiples, rest) = (0.0, 0.0)
    for place in 0..<count {
      let value = Double(values[place])
      let multiple = (value + splitter) - splitter
      multiples += multiple
      rest += value - multiple
    }
    if old >= 0 { add(-multiples, -rest, -Double(count), to: old) }
    add(multiples, rest, Double(count), to: new)
  }

  private func add(_ multiples: Double, _ rest: Double, _ count: Double, to cluster: Int) {
    let place = cluster * layout.stride
    sums[place] += multiples
    sums[place + residuals] += rest
    sums[layout.weight(of: cluster)] += count
    sums[layout.number(of: cluster)] += count
  }
}
