/// Where the results of an assignment go, one entry a row; in and out. An unsafe handle.
///
/// `@unchecked Sendable`: threads write to entries of different rows.
package struct Assignment: @unchecked Sendable {
  /// IN/OUT: the nearest centroid of each row.
  package var labels: UnsafeMutablePointer<Int32>
  /// Whether the labels that come in mean something: then it is counted how many change.
  package var labelsAreKnown = false
  /// OUT, only when asked for: the squared distance to the nearest centroid (`directDistance`).
  package var distances: UnsafeMutablePointer<Double>?
  /// OUT, only when asked for: the second nearest centroid, -1 where there is only one.
  package var secondLabels: UnsafeMutablePointer<Int32>?
  /// OUT, only when asked for: the squared distance to it, infinite where there is only one.
  package var secondDistances: UnsafeMutablePointer<Double>?

  package init(
    labels: UnsafeMutablePointer<Int32>, labelsAreKnown: Bool = false,
    distances: UnsafeMutablePointer<Double>? = nil,
    secondLabels: UnsafeMutablePointer<Int32>? = nil,
    secondDistances: UnsafeMutablePointer<Double>? = nil
  ) {
    self.labels = labels
    self.labelsAreKnown = labelsAreKnown
    self.distances = distances
    self.secondLabels = secondLabels
    self.secondDistances = secondDistances
  }

  /// The results of the rows from `row` on.
  package func from(_ row: Int) -> Assignment {
    Assignment(
      labels: labels + row, labelsAreKnown: labelsAreKnown, distances: distances.map { $0 + row },
      secondLabels: secondLabels.map { $0 + row },
      secondDistances: secondDistances.map { $0 + row })
  }

  var wantsSecond: Bool { secondLabels != nil || secondDistances != nil }
}

/// What is counted while rows are assigned. Whole numbers: the order of adding does not matter.
package struct AssignmentCounts: Sendable, Hashable {
  /// Rows that were assigned.
  package var rows = 0
  /// Rows whose label changed, or all rows where no label was known.
  package var moved = 0
  /// Rows that a strategy could not decide and `directDistance` did.
  package var redecided = 0
  /// Rows among them that are not finite: no distance to them is. Only
  /// ``Execution/Strategy/fused`` counts them.
  package var notFinite = 0
  /// Pairs of row and centroid that were compared, where a filter or bounds left out others.
  package var compared = 0
  /// Pairs that no filter ruled out: their distance was computed.
  package var candidates = 0
  /// Rows that the filter left to `fused`, for it ruled out too little.
  package var unfiltered = 0

  package init() {}

  package static func += (left: inout AssignmentCounts, right: AssignmentCounts) {
    left.rows += right.rows
    left.moved += right.moved
    left.redecided += right.redecided
    left.notFinite += right.notFinite
    left.compared += right.compared
    left.candidates += right.candidates
    left.unfiltered += right.unfiltered
  }
}
