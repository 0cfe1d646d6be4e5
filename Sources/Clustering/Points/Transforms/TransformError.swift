/// A fault of what is asked to be done to rows before they are clustered.
public enum TransformError: SpecificError {
  /// Columns are to be standardised and only scaled.
  case standardizedAndScaled(ColumnScale)
  /// Rows are to have length 1, and columns are to be weighted or mixed by the distance.
  case unitRowsWithDistance(DistanceMeasure.Kind)
}

extension ClusteringError {
  /// The error of what is done to rows.
  public static func transform(_ error: TransformError) -> ClusteringError {
    .specific(Specific(error))
  }
}

extension TransformError {
  public var kind: ClusteringError.Kind { .parameter }

  public var description: String {
    switch self {
    case .standardizedAndScaled(let scale):
      "columns are to be standardised, and scaled by \(scale.rawValue) without being centred: expected "
        + "one of both"
    case .unitRowsWithDistance(let kind):
      "rows of length 1 and the distance \(kind.rawValue): expected euclidean, or cosine, for which "
        + "centroids have length 1, too"
    }
  }
}
