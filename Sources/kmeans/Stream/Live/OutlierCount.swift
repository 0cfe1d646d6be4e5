import Clustering

/// How many points of a batch are outliers.
struct OutlierCount {
  /// A score above that is one of an outlier: less than 1 in 10,000 of the points of a normal
  /// distribution of one column have it.
  static let score = 4.0

  /// The number of points that have a score.
  let scored: Int
  let outliers: Int

  init(_ predictions: Predictions) {
    var (scored, outliers) = (0, 0)
    for score in predictions.outlierScores where !score.isNaN {
      scored += 1
      if score > Self.score { outliers += 1 }
    }
    (self.scored, self.outliers) = (scored, outliers)
  }

  /// The share of the points with a score; `nil` where none has one.
  var share: Double? { scored > 0 ? Double(outliers) / Double(scored) : nil }
}
