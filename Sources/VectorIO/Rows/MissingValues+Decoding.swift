// Means and counts that come from a checkpoint, which may say what it likes.

extension MissingValues {
  private enum Part: String, CodingKey {
    case means, filled, learnedRows, sums, counts
  }

  /// - Throws: `DecodingError` where the parts do not fit together, or a count is none.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Part.self)
    let filled = try container.decode([Int].self, forKey: .filled)
    self.init(columns: filled.count)
    let parts = (
      means: try container.decodeIfPresent([Double].self, forKey: .means),
      learnedRows: try container.decodeIfPresent(Int.self, forKey: .learnedRows),
      sums: try container.decode([Double].self, forKey: .sums),
      counts: try container.decode([Int].self, forKey: .counts)
    )
    func check(_ isRight: Bool, _ key: Part) throws {
      guard !isRight else { return }
      throw DecodingError.dataCorruptedError(
        forKey: key, in: container, debugDescription: "no such values for \(filled.count) columns")
    }
    let possible = 0...1 << 53
    try check(filled.allSatisfy(possible.contains), .filled)
    try check(parts.learnedRows.map(possible.contains) ?? true, .learnedRows)
    try check(parts.sums.count == filled.count, .sums)
    try check(
      parts.counts.count == filled.count && parts.counts.allSatisfy(possible.contains), .counts)
    try check(
      parts.means.map { $0.count == filled.count && $0.allSatisfy(\.isFinite) } ?? true, .means)
    restore(
      means: parts.means, filled: filled, learnedRows: parts.learnedRows, sums: parts.sums,
      counts: parts.counts)
  }
}
