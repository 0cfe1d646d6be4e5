// A transform as JSON: what there was before rows could have length 1 and centroids not stays as it
// was.
extension RowTransform: Codable {
  private enum CodingKeys: String, CodingKey { case standardization, linear, normalizes }

  /// Stands for rows that alone are divided by their length. A word, so that programs from before
  /// there was such a transform refuse it rather than take centroids for directions.
  private static var rowsAlone: String { "rows" }

  /// - Throws: `DecodingError` where a part cannot be one of a transform.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let standardization = try container.decodeIfPresent(
      Standardization.self, forKey: .standardization)
    let linear = try container.decodeIfPresent(Linear.self, forKey: .linear)
    guard let word = try? container.decode(String.self, forKey: .normalizes) else {
      self.init(
        standardization: standardization, linear: linear,
        normalizes: try container.decode(Bool.self, forKey: .normalizes))
      return
    }
    guard word == Self.rowsAlone, linear == nil else {
      throw DecodingError.dataCorruptedError(
        forKey: .normalizes, in: container,
        debugDescription: "normalizes is \(word), expected true, false or, where columns are "
          + "neither weighted nor mixed, \(Self.rowsAlone)")
    }
    self.init(standardization: standardization, normalizes: true, normalizesCentroids: false)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(standardization, forKey: .standardization)
    try container.encodeIfPresent(linear, forKey: .linear)
    if normalizes, !normalizesCentroids {
      try container.encode(Self.rowsAlone, forKey: .normalizes)
    } else {
      try container.encode(normalizes, forKey: .normalizes)
    }
  }
}
