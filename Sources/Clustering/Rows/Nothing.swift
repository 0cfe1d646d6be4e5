/// The reduction of a pass that only assigns.
package struct Nothing<Scalar: ClusteringScalar>: RowReduction {
  package init() {}

  package var needsDistances: Bool { false }
  package func empty() -> Nothing { self }
  package mutating func reset() {}
  package mutating func visit(_ block: VisitedRows<Scalar>) {}
  package mutating func merge(_ later: borrowing Nothing) {}
}
