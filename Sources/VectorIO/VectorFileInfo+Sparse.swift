internal import KMeansFiles

// How sparse a file is, and which kind of rows suits it.
extension VectorFileInfo {
  /// The share of the values that a sparse file stores; `nil` where the file does not say it.
  public var density: Double? {
    guard let nonzeros, let rows, rows > 0, fileColumns > 0 else { return nil }
    return Double(nonzeros) / (Double(rows) * Double(fileColumns))
  }

  /// The density up to which rows are better kept sparse: one value in ten. A value takes half as
  /// much memory again or twice as much with its column, and cannot be read in its order.
  public static var largestSparseDensity: Double { 0.1 }

  /// Whether rows are better read into a ``SparseMatrix``: the file is a sparse one, and its
  /// density is not known to be above ``largestSparseDensity``.
  public var suitsSparse: Bool { isSparse && density ?? 0 <= Self.largestSparseDensity }

  /// Takes what is known of the values of several files.
  mutating func join(nonzerosOf files: [VectorFileInfo]) {
    isSparse = files.allSatisfy(\.isSparse)
    denseProblem = files.lazy.compactMap(\.denseProblem).first
    let known = files.compactMap(\.nonzeros)
    nonzeros = known.count == files.count ? known.reduce(0, &+) : nil
  }
}
