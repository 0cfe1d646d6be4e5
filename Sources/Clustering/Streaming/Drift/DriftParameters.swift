/// The parameters of the alarms of a stream that drifts: a plain value.
///
/// Three figures of each batch are watched, each by a Page-Hinkley test of its own; see
/// ``DriftEvent/Kind``. A figure is standardised by its own past, so that one default suits streams
/// of any dimension, size of batches and distribution: delta and lambda are in standard deviations.
public struct DriftParameters: Sendable, Hashable, Codable {
  /// The magnitude of change that is none, in standard deviations of the figure of a batch.
  ///
  /// A figure that rises by less is never told. Larger ones rarely give false alarms.
  public var delta = 1.0
  /// The threshold, in standard deviations: what has to be added up beyond ``delta`` before there
  /// is an alarm.
  ///
  /// A batch adds at most 4 by the defaults, so that there are at least four batches to an alarm: a
  /// single odd one is none.
  public var lambda = 15.0
  /// The number of batches from which a figure's usual value is taken, in the beginning and after
  /// each alarm: before that there is none.
  public var minimumBatches = 30

  /// The defaults.
  public init() {}

  /// Checks the parameters.
  ///
  /// - Throws: ``StreamingError/invalidDriftParameter(_:_:expected:)``.
  public func validate() throws(ClusteringError) {
    guard delta >= 0, delta.isFinite else {
      throw .streaming(
        .invalidDriftParameter("delta", delta, expected: "a finite number that is not negative"))
    }
    guard lambda > 0, lambda.isFinite else {
      throw .streaming(
        .invalidDriftParameter("lambda", lambda, expected: "a finite number above 0"))
    }
    guard minimumBatches >= 5, minimumBatches <= 1 << 20 else {
      throw .streaming(
        .invalidDriftParameter(
          "minimum of batches", Double(minimumBatches), expected: "a number from 5 to 1048576"))
    }
  }
}
