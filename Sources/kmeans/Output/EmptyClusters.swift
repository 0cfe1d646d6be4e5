import KMeansFiles

/// What is said of clusters that got no point.
enum EmptyClusters {
  /// A line for the user; nil where no cluster is empty.
  ///
  /// - Parameters:
  ///   - distinct: how many distinct rows there are, where that is why.
  static func note(_ path: String, empty: Int, of clusters: Int, distinct: Int? = nil) -> String? {
    guard empty > 0 else { return nil }
    let reason = distinct.map {
      ": there \($0 == 1 ? "is" : "are") only \(counted($0, "distinct row"))"
    }
    return "\(path): \(empty) of \(counted(clusters, "cluster")) \(empty == 1 ? "is" : "are") empty"
      + (reason ?? "")
  }
}
