/// A reduction: something that is summed over rows, and gets them block by block, still in cache,
/// with what was found for each.
///
/// It has the same bits for every thread count and block size if accumulating two blocks one after
/// another equals accumulating both at once, because stripes fix the rest.
package protocol RowReduction<Scalar>: Sendable {
  /// The type of the values in the rows.
  associatedtype Scalar: ClusteringScalar

  /// Whether ``LabeledRows/distances`` must be there.
  var needsDistances: Bool { get }
  /// The same reduction over no rows.
  func empty() -> Self
  /// Forgets all rows, keeping memory.
  mutating func reset()
  /// Adds a block of rows.
  mutating func accumulate(_ block: LabeledRows<Scalar>)
  /// Adds the rows of a reduction over later rows.
  mutating func merge(_ later: borrowing Self)

  /// Whether stripes may come, and be merged, in any order: then a worker adds all of its stripes
  /// to one sum, which spares a merge for each.
  var isUnordered: Bool { get }

  /// Whether it takes sparse rows as they are stored.
  var takesCompressed: Bool { get }
}

extension RowReduction {
  package var isUnordered: Bool { false }
  package var takesCompressed: Bool { false }
}

/// A block of rows and what is known of each. An unsafe handle, valid during `accumulate`.
package struct LabeledRows<Scalar: ClusteringScalar>: @unchecked Sendable {
  /// The number of the first row within the whole.
  package let first: Int
  /// The rows and their weights.
  package let points: WeightedRows<Scalar>
  /// The nearest centroid of each row; undefined in a pass that assigns nothing.
  package let labels: UnsafePointer<Int32>
  /// The squared distance of each row to it, where some reduction needs it.
  package let distances: UnsafePointer<Double>?
}

/// Two reductions in one pass over the rows.
package struct PairReduction<A: RowReduction, B: RowReduction>: RowReduction
where A.Scalar == B.Scalar {
  package typealias Scalar = A.Scalar
  package var first: A
  package var second: B

  package init(_ first: A, _ second: B) {
    self.first = first
    self.second = second
  }

  package var needsDistances: Bool { first.needsDistances || second.needsDistances }
  package var takesCompressed: Bool { first.takesCompressed && second.takesCompressed }
  package func empty() -> PairReduction { PairReduction(first.empty(), second.empty()) }
  package mutating func reset() {
    first.reset()
    second.reset()
  }
  package mutating func accumulate(_ block: LabeledRows<Scalar>) {
    first.accumulate(block)
    second.accumulate(block)
  }
  package mutating func merge(_ later: borrowing PairReduction) {
    first.merge(later.first)
    second.merge(later.second)
  }
}

/// The reduction of a pass that only assigns.
package struct EmptyReduction<Scalar: ClusteringScalar>: RowReduction {
  #if KMEANS_THREAD_SANITIZER
    /// Swift 6.3.1 tells ThreadSanitizer of changes to what has no size at an address that is none.
    private var place: UInt8 = 0
  #endif

  package init() {}

  package var needsDistances: Bool { false }
  package var takesCompressed: Bool { true }
  package func empty() -> EmptyReduction { self }
  package mutating func reset() {}
  package mutating func accumulate(_ block: LabeledRows<Scalar>) {}
  package mutating func merge(_ later: borrowing EmptyReduction) {}
}
