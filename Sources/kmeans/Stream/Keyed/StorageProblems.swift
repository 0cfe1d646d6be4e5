import KMeansFiles

/// What keeps models from going to their folder, a full disk say: told when it begins and when it
/// ends, and counted in between, for it may last for any number of batches.
struct StorageProblems {
  /// After how many batches models could not be written.
  private var count = 0
  private var isGoingOn = false

  /// Takes note of a batch.
  ///
  /// - Parameters:
  ///   - problem: what was wrong, if anything was.
  ///   - batch: the number of the batch.
  ///   - hasStored: whether models were written.
  /// - Returns: a line for the user, if there is anything new.
  mutating func take(
    _ problem: FileError?, after batch: Int, hasStored: Bool, _ folder: String
  ) -> String? {
    guard let problem else {
      guard isGoingOn, hasStored else { return nil }
      isGoingOn = false
      return "\(folder): models are written again, after batch \(batch)"
    }
    count += 1
    if isGoingOn { return nil }
    isGoingOn = true
    let line = Failure(problem, of: Tool.self).line
    return "kmeans: \(line); the models stay in memory, and the run goes on"
  }

  /// A line for the user at the end; `nil` where one has said all.
  func summary(_ folder: String) -> String? {
    guard count > 1 else { return nil }
    return "kmeans: \(folder): models could not be written after "
      + counted(count, "batch", plural: "batches")
  }
}
