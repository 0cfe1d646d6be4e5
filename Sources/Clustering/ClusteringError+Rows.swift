extension ClusteringError {
  /// The same error about other rows: an error of some of the rows of a caller, told by the caller's numbers.
  ///
  /// - Parameter number: the number of a row where the error came from.
  package func mappingRows(_ number: (Int) -> Int) -> ClusteringError {
    switch self {
    case .notFinite(let row, let column): .notFinite(row: number(row), column: column)
    case .tooLarge(let row, let column, let limit):
      .tooLarge(row: number(row), column: column, limit: limit)
    case .zeroRow(let row): .zeroRow(number(row))
    case .invalidWeight(let row, let weight): .invalidWeight(row: number(row), weight: weight)
    case .streaming(.invalidTime(let row, let time)):
      .streaming(.invalidTime(row: number(row), time: time))
    case .streaming(.timeJump(let row, let time, let latest, let halfLives)):
      .streaming(.timeJump(row: number(row), time: time, latest: latest, halfLives: halfLives))
    default: self
    }
  }
}
