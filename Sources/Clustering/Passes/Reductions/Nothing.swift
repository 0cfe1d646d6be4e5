/// The reduction of a pass that only assigns.
package struct Nothing<Scalar: ClusteringScalar>: RowReduction {
  #if KMEANS_THREAD_SANITIZER
    /// Swift 6.3.1 tells ThreadSanitizer of changes to what has no size at an address that is none.
    private var place: UInt8 = 0
  #endif

  package init() {}

  package var needsDistances: Bool { false }
  package func empty() -> Nothing { self }
  package mutating func reset() {}
  package mutating func accumulate(_ block: LabeledRows<Scalar>) {}
  package mutating func merge(_ later: borrowing Nothing) {}
}
