/// The transform of every row before it is clustered: its columns are standardised or scaled, then
/// multiplied or mixed as the distance asks for, then its length is made 1.
///
/// A model keeps the transform of its fit and applies it to all rows that it is asked about.
public struct RowTransform: Sendable, Hashable {
  /// The numbers that each column is shifted and divided by; scaled columns (``ColumnScale``) are
  /// shifted by 0.
  public struct Standardization: Sendable, Hashable, Codable {
    /// The mean of each column.
    public let means: [Double]
    /// The standard deviation of each column, and 1 for a constant one.
    public let deviations: [Double]

    /// - Precondition: as many means as deviations, all of them finite, and no deviation 0.
    public init(means: [Double], deviations: [Double]) {
      precondition(means.count == deviations.count)
      self.means = means
      self.deviations = deviations
    }
  }

  /// The standardisation, or the scale, of the columns; `nil` where they are taken as they are.
  public let standardization: Standardization?
  /// What is then done to columns, so that squared Euclidean distances are those that are asked
  /// for; `nil` where they are.
  public let linear: Linear?
  /// Whether rows are then divided by their length, which makes squared Euclidean distances
  /// 2 (1 - cosine).
  public let normalizes: Bool
  /// Whether centroids are directions, divided by their length, too (spherical k-means); otherwise
  /// they are the means of rows, of whatever length.
  public let normalizesCentroids: Bool

  /// A transform of parts.
  ///
  /// - Parameter normalizesCentroids: `nil` for as rows; has no meaning where rows keep their
  ///   length.
  public init(
    standardization: Standardization? = nil, linear: Linear? = nil, normalizes: Bool = false,
    normalizesCentroids: Bool? = nil
  ) {
    self.standardization = standardization
    self.linear = linear
    self.normalizes = normalizes
    self.normalizesCentroids = normalizes && normalizesCentroids ?? true
  }

  /// Rows are taken as they are.
  public static let identity = RowTransform()

  /// Whether rows are taken as they are.
  public var isIdentity: Bool { standardization == nil && linear == nil && !normalizes }

  /// The measure by which rows, standardised ones where they are, are near to centroids.
  package var distance: DistanceMeasure {
    switch linear {
    case .weights(let weights): .weightedEuclidean(weights: weights)
    case .scales(let scales): .weightedManhattan(weights: scales)
    case .whitening(let whitening): .mahalanobis(whitening.covariance)
    case nil: normalizesCentroids ? .cosine : .euclidean
    }
  }
}

extension RowTransform.Standardization {
  /// Whether columns are shifted; where none is, they are only scaled.
  package var centers: Bool { means.contains { $0 != 0 } }

  private enum CodingKeys: String, CodingKey {
    case means, deviations
  }

  /// - Throws: `DecodingError` where there is not a finite mean and a deviation above 0 a column.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    means = try container.decode([Double].self, forKey: .means)
    deviations = try container.decode([Double].self, forKey: .deviations)
    do throws(WrongPart) {
      try check(columns: means.count)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: error.section == "means" ? .means : .deviations, in: container,
        debugDescription: "\(error.section) \(error.problem)")
    }
  }

  /// Means and deviations of columns that were measured, weighted and divided by the whole weight,
  /// as scikit-learn's `StandardScaler` does.
  package init<Scalar>(_ moments: ColumnMoments<Scalar>) {
    let deviations = moments.deviations.map { ($0 / moments.weight).squareRoot() }
    self.init(
      means: moments.means,
      // A deviation so small that its inverse overflows is none.
      deviations: deviations.map { $0 > 0 && (1 / $0).isFinite ? $0 : 1 })
  }
}

extension RowTransform {
  /// Centroids of transformed rows in the units of the rows: all is undone but the length.
  func restored<Scalar: ClusteringScalar>(_ centroids: Matrix<Scalar>) -> Matrix<Scalar> {
    if let linear { return restored(centroids, undoing: linear) }
    guard let standardization else { return centroids }
    var restored = centroids
    var values = restored.mutableSpan
    let columns = centroids.columns
    for index in values.indices {
      let column = index % columns
      values[index] = Scalar(
        Double(values[index]) * standardization.deviations[column] + standardization.means[column])
    }
    return restored
  }

  /// The same where columns were multiplied or mixed: in Double, rounded once.
  private func restored<Scalar: ClusteringScalar>(
    _ centroids: Matrix<Scalar>, undoing linear: Linear
  ) -> Matrix<Scalar> {
    let prepared = PreparedLinear(linear)
    let columns = centroids.columns
    var restored = centroids
    var row = [Double](repeating: 0, count: columns)
    for number in 0..<centroids.rows {
      for column in 0..<columns { row[column] = Double(centroids[number, column]) }
      row.withUnsafeMutableBufferPointer { prepared.undo($0.baseAddress!, columns) }
      for column in 0..<columns {
        var value = row[column]
        if let standardization {
          value = value * standardization.deviations[column] + standardization.means[column]
        }
        restored[number, column] = Scalar(value)
      }
    }
    return restored
  }
}
