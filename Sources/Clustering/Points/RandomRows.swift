private import KMeansCLibrary

/// Rows drawn without replacement, with probabilities in proportion to their weights.
///
/// Every row gets the key -log(u)/w from a draw of its own, and the rows with the smallest keys win
/// (Efraimidis and Spirakis, Weighted random sampling with a reservoir, 2006).
enum RandomRows {
  /// The numbers of `count` distinct rows, in the order in which they were drawn.
  ///
  /// Rows of weight 0 are drawn last.
  ///
  /// - Precondition: `count <= points.count`.
  /// - Complexity: O(n + k log k) expected for rows in random order.
  static func draw<Source: PointSource>(
    _ count: Int, from points: Source, _ draws: Draws
  ) -> [Int] {
    draw(count, of: points.count, draws) { points.weight($0) }
  }

  /// The same of so many rows.
  ///
  /// - Parameter weight: that of a row.
  static func draw(
    _ count: Int, of rows: Int, _ draws: Draws, weight: (Int) -> Double = { _ in 1 }
  ) -> [Int] {
    var chosen = KeyHeap(capacity: count)
    for row in 0..<rows {
      let draw = -log(draws.positiveUniform(row))
      chosen.offer(entry(row, weight: weight(row), draw))
    }
    return chosen.sortedRows
  }

  private static func entry(_ row: Int, weight: Double, _ draw: Double) -> KeyHeap.Entry {
    // A weight of 0 gives a key beyond all others, so that the rows still differ by their draws.
    guard weight > 0 else { return .init(key: .infinity, tie: draw, row: row) }
    let key = draw / weight
    guard key.isInfinite else { return .init(key: key, tie: draw, row: row) }
    // Weights so small that no Double holds the key stand last among those above 0, in the order of
    // keys that one does.
    return .init(key: .greatestFiniteMagnitude, tie: draw / (weight * 0x1p1020), row: row)
  }
}

/// The smallest keys seen, at most `capacity` of them: a binary heap with the largest on top.
private struct KeyHeap {
  struct Entry: Comparable {
    var key: Double
    var tie: Double
    var row: Int

    static func < (left: Entry, right: Entry) -> Bool {
      (left.key, left.tie, left.row) < (right.key, right.tie, right.row)
    }
  }

  private var entries: [Entry] = []
  private let capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    entries.reserveCapacity(capacity)
  }

  var sortedRows: [Int] { entries.sorted().map(\.row) }

  mutating func offer(_ entry: Entry) {
    if entries.count < capacity {
      entries.append(entry)
      siftUp(entries.count - 1)
    } else if let top = entries.first, entry < top {
      entries[0] = entry
      siftDown(0)
    }
  }

  private mutating func siftUp(_ start: Int) {
    var child = start
    while child > 0, entries[(child - 1) / 2] < entries[child] {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var largest = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
        if entries[largest] < entries[child] { largest = child }
      }
      if largest == parent { return }
      entries.swapAt(parent, largest)
      parent = largest
    }
  }
}
