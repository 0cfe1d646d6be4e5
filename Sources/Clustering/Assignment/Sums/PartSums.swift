internal import KMeansFiles
internal import KMeansKernelTypes

/// The sums of clusters over a part of the rows: whole stripes, merged as far as neighbours are
/// among them. A value that may be sent elsewhere and merged with those of other parts, in whatever
/// order they arrive: when all rows are there, the total has the bits of a single pass.
///
/// Merging is associative and commutative: the sum of a node is a function of the rows of its
/// stripes, and sums that are never rounded (``ExactSums``) are the same in any order.
package struct PartSums<Scalar: ClusteringScalar>: Sendable {
  /// The rows that were added, of the whole; each range begins at the border of a stripe.
  package private(set) var rows: RangeSet<Int>
  let shape: ClusterSums<Scalar>.Shape
  private let kernels: KernelSet<Scalar>
  /// The nodes, where sums are rounded.
  private(set) var stripes: StripeCounter<ClusterSums<Scalar>>
  /// The sum, where they are not; `nil` where there is no row.
  private(set) var exact: ClusterSums<Scalar>?

  /// - Precondition: every range of rows begins at the border of a stripe.
  init(
    _ rows: RangeSet<Int>, _ shape: ClusterSums<Scalar>.Shape, _ kernels: KernelSet<Scalar>,
    stripes: StripeCounter<ClusterSums<Scalar>> = StripeCounter(), exact: ClusterSums<Scalar>? = nil
  ) {
    precondition(rows.ranges.allSatisfy { $0.lowerBound % shape.stripeRows == 0 })
    self.rows = rows
    self.shape = shape
    self.kernels = kernels
    self.stripes = stripes
    self.exact = exact
  }

  /// Adds the sums of other parts.
  ///
  /// - Throws: ``PartError`` where rows are in both, or they are sums of another kind.
  package mutating func merge(_ other: PartSums) throws(ClusteringError) {
    guard shape == other.shape else { throw .part(.otherSums) }
    if let twice = rows.intersection(other.rows).ranges.first { throw .part(.rowsTwice(twice)) }
    rows.formUnion(other.rows)
    stripes.add(other.stripes) { $0.merge($1) }
    guard let sum = other.exact else { return }
    if exact == nil { exact = sum } else { exact!.merge(sum) }
  }

  /// The sums of all rows.
  ///
  /// - Throws: ``PartError`` where some of so many are missing, or there are others.
  package func total(of count: Int) throws(ClusteringError) -> ClusterSums<Scalar> {
    var others = rows
    others.subtract(RangeSet(0..<count))
    if let range = others.ranges.first { throw .part(.rowsBeyond(range, count: count)) }
    var missing = RangeSet(0..<count)
    missing.subtract(rows)
    if let range = missing.ranges.first { throw .part(.rowsMissing(range)) }
    return exact ?? stripes.total { $0.merge($1) } ?? ClusterSums(shape, kernels)
  }
}

/// What can be wrong with sums of parts that come from elsewhere.
package enum PartError: SpecificError {
  /// Some rows are in two parts.
  case rowsTwice(Range<Int>)
  /// Some rows are in none.
  case rowsMissing(Range<Int>)
  /// Some rows are behind the last one.
  case rowsBeyond(Range<Int>, count: Int)
  /// The sums are of other clusters or columns, or rounded in another way.
  case otherSums

  package var kind: ClusteringError.Kind { .data }

  package var description: String {
    switch self {
    case .rowsTwice(let rows):
      "rows \(rows.lowerBound) to \(rows.upperBound - 1) are in two parts (rows count from 0)"
    case .rowsMissing(let rows):
      "rows \(rows.lowerBound) to \(rows.upperBound - 1) are in no part (rows count from 0)"
    case .rowsBeyond(let rows, let count):
      "rows \(rows.lowerBound) to \(rows.upperBound - 1) are in a part, expected \(counted(count, "row")) in all (rows count from 0)"
    case .otherSums:
      "the parts have sums of other clusters or columns, or rounded in another way"
    }
  }
}

extension ClusteringError {
  /// Something that only sums of parts have.
  package static func part(_ error: PartError) -> ClusteringError { .specific(Specific(error)) }
}

extension RowPass {
  /// The sums of clusters over this part of the rows.
  ///
  /// - Parameters:
  ///   - labels, distances: one entry a row of the whole; `nil` for distances where there is no
  ///     inertia.
  ///   - none: the sums of no rows.
  package func sums(
    labels: UnsafePointer<Int32>, distances: UnsafePointer<Double>? = nil,
    like none: ClusterSums<Scalar>
  ) -> PartSums<Scalar> {
    let sum = StripeSum(none)
    reduce(labels: labels, distances: distances, adding: sum)
    return part(none, sum)
  }

  /// Assigns this part of the rows, and sums the clusters.
  ///
  /// - Parameters:
  ///   - result: one entry a row of the whole.
  ///   - none: the sums of no rows.
  package func assign<Assigner: RowAssigner<Scalar>>(
    _ assigner: Assigner, into result: Assignment, summingLike none: ClusterSums<Scalar>
  ) -> (PartSums<Scalar>, AssignmentCounts) {
    let sum = StripeSum(none)
    let counts = assign(assigner, into: result, adding: sum)
    return (part(none, sum), counts)
  }

  private func part(
    _ none: ClusterSums<Scalar>, _ sum: StripeSum<ClusterSums<Scalar>>
  ) -> PartSums<Scalar> {
    precondition(stripeRows == none.shape.stripeRows)
    let (rows, isExact) = (RangeSet(firstRow..<firstRow + rows.count), none.isUnordered)
    return PartSums(
      rows, none.shape, none.kernels, stripes: isExact ? StripeCounter() : sum.nodes(),
      exact: isExact && !rows.isEmpty ? sum.total().value : nil)
  }
}
