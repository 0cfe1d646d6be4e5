/// The transform of every row before it is clustered: its columns are standardised, then its length
/// is made 1.
///
/// A model keeps the transform of its fit and applies it to all rows that it is asked about.
public struct RowTransform: Sendable, Hashable, Codable {
  /// The numbers that each column is shifted and divided by.
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

  /// The standardisation of the columns; `nil` where they are taken as they are.
  public let standardization: Standardization?
  /// Whether rows are then divided by their length, which makes squared Euclidean distances
  /// 2 (1 - cosine).
  public let normalizes: Bool

  /// A transform of parts.
  public init(standardization: Standardization? = nil, normalizes: Bool = false) {
    self.standardization = standardization
    self.normalizes = normalizes
  }

  /// Rows are taken as they are.
  public static let identity = RowTransform()

  /// Whether rows are taken as they are.
  public var isIdentity: Bool { standardization == nil && !normalizes }

  /// The measure by which transformed rows are near to centroids.
  package var distance: DistanceMeasure { normalizes ? .cosine : .euclidean }
}

extension RowTransform.Standardization {
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
  /// Centroids of transformed rows in the units of the rows: the standardisation undone.
  func restored<Scalar: ClusteringScalar>(_ centroids: Matrix<Scalar>) -> Matrix<Scalar> {
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
}
