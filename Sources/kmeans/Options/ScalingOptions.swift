import ArgumentParser
import Clustering

/// What is done to rows whose zeros are to stay zeros, such as counts of terms, once all of them
/// have been seen.
struct ScalingOptions: ParsableArguments {
  @Flag(
    help: """
      Multiply each column by its smooth inverse document frequency, ln((1 + n) / (1 + df)) + 1, \
      where df of the n rows are not zero. A model remembers the factors.
      """)
  var tfIdf = false

  @Flag(
    help: """
      Divide each column by its standard deviation and subtract nothing: zeros stay zeros. A model \
      remembers the deviations.
      """)
  var scaleColumns = false

  @Flag(
    name: .customLong("l2"),
    help: """
      Divide each row by its length; centroids stay means of such rows. (With --distance cosine they \
      get length 1, too.)
      """)
  var unitRows = false

  /// How columns are scaled; `nil` for not at all.
  var columnScale: ColumnScale? {
    tfIdf ? .inverseDocumentFrequency : scaleColumns ? .deviation : nil
  }

  /// The options that were given.
  var givenNames: [String] {
    [("--tf-idf", tfIdf), ("--scale-columns", scaleColumns), ("--l2", unitRows)]
      .filter(\.1).map(\.0)
  }

  func validate() throws {
    if tfIdf, scaleColumns {
      throw ValidationError("--tf-idf and --scale-columns: expected one of them")
    }
  }
}
