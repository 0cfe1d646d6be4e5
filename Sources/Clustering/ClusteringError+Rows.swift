/// An error of one algorithm, or of one way to run it. It describes itself, so that a
/// new one edits no other file.
public protocol SpecificError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Whether a parameter or the data is wrong.
  var kind: ClusteringError.Kind { get }
  /// The row that is wrong, from 0, where it is one.
  var row: Int? { get }
  /// The same error about other rows.
  ///
  /// - Parameter number: the number of a row where the error came from.
  func mappingRows(_ number: (Int) -> Int) -> Self
}

extension SpecificError {
  public var row: Int? { nil }
  public func mappingRows(_ number: (Int) -> Int) -> Self { self }
}

extension ClusteringError {
  /// An error of any one algorithm.
  public struct Specific: Sendable, Hashable {
    /// A class: an error that holds a protocol's value in place is thrown through memory, which
    /// Swift 6.3.1 cannot specialise.
    private final class Box: Sendable {
      let error: any SpecificError
      init(_ error: any SpecificError) { self.error = error }
    }

    private let box: Box
    public var error: any SpecificError { box.error }

    public init(_ error: any SpecificError) { box = Box(error) }

    public static func == (left: Specific, right: Specific) -> Bool {
      AnyHashable(left.error) == AnyHashable(right.error)
    }
    public func hash(into hasher: inout Hasher) { error.hash(into: &hasher) }
  }

  /// The error of one algorithm, if it is one of that type.
  public func specific<E: SpecificError>(_ type: E.Type = E.self) -> E? {
    if case .specific(let specific) = self { specific.error as? E } else { nil }
  }

  /// The part of a call that is wrong.
  public enum Kind: Sendable, Hashable {
    /// A parameter: another value, or another machine, is needed.
    case parameter
    /// The points, their weights, labels or times, or centroids that are given.
    case data
    /// Nothing: the task was cancelled.
    case cancellation
  }

  /// Throws where labels cannot name so many clusters.
  static func check(clusterCount: Int) throws(ClusteringError) {
    guard clusterCount > 0 else { throw .clusterCountNotPositive(clusterCount) }
    guard clusterCount <= Int(Int32.max) else { throw .clusterCountTooLarge(clusterCount) }
  }

  /// Throws where there are fewer points than clusters.
  static func check(clusterCount: Int, of points: Int) throws(ClusteringError) {
    guard points > 0 else { throw .noPoints }
    guard clusterCount <= points else {
      throw .tooManyClusters(clusters: clusterCount, points: points)
    }
  }

  /// Whether a parameter or the data is wrong.
  public var kind: Kind {
    switch self {
    case .clusterCountNotPositive, .clusterCountTooLarge, .noClusterCounts,
      .clusterCountsNotIncreasing, .invalidTolerance, .maxIterationsNotPositive,
      .runsNotPositive, .sampleNotPositive, .threadsNotPositive, .rowMemoryNegative,
      .memoryTooSmall, .outputCountMismatch:
      .parameter
    case .cancelled: .cancellation
    case .specific(let specific): specific.error.kind
    case .noPoints, .tooManyClusters, .tooManyClustersForWeights, .notFinite, .tooLarge,
      .sumsTooLarge, .differencesTooSmall, .sumsTooSmall, .zeroRow, .zeroCentroid,
      .dimensionMismatch, .weightCountMismatch, .invalidWeight, .invalidTotalWeight,
      .centroidCountMismatch, .centroidNotFinite, .pointsChanged, .labelCountMismatch,
      .labelOutOfRange, .noLabelledPoints, .truthCountMismatch:
      .data
    }
  }

  /// The row that is wrong, from 0, where it is one.
  public var row: Int? {
    switch self {
    case .notFinite(let row, _), .tooLarge(let row, _, _), .zeroRow(let row),
      .invalidWeight(let row, _), .labelOutOfRange(let row, _, _):
      row
    case .specific(let specific): specific.error.row
    default: nil
    }
  }

  /// The same error about other rows: an error of some of the rows of a caller, told by the
  /// caller's numbers.
  ///
  /// - Parameter number: the number of a row where the error came from.
  package func mappingRows(_ number: (Int) -> Int) -> ClusteringError {
    switch self {
    case .notFinite(let row, let column): .notFinite(row: number(row), column: column)
    case .tooLarge(let row, let column, let limit):
      .tooLarge(row: number(row), column: column, limit: limit)
    case .zeroRow(let row): .zeroRow(number(row))
    case .invalidWeight(let row, let weight): .invalidWeight(row: number(row), weight: weight)
    case .labelOutOfRange(let row, let label, let largest):
      .labelOutOfRange(row: number(row), label: label, largest: largest)
    case .specific(let specific): .specific(Specific(specific.error.mappingRows(number)))
    default: self
    }
  }
}
