/// The coding of a matrix as the number of columns and the values row after row, for JSON and the
/// like; large matrices are better kept in files of their own.
extension Matrix: Codable {
  private enum CodingKeys: String, CodingKey {
    case columns, values
  }

  /// - Throws: `DecodingError` where the values do not fill whole rows.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let columns = try container.decode(Int.self, forKey: .columns)
    let values = try container.decode([Scalar].self, forKey: .values)
    do {
      try self.init(values.span, columns: columns)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .values, in: container, debugDescription: error.description)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(columns, forKey: .columns)
    try container.encode((0..<rows * columns).map { storage.base[$0] }, forKey: .values)
  }
}
