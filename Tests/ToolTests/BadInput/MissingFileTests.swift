import Testing

/// Files that do not exist, wherever one may be named.
@Suite struct MissingFileTests {
  @Test(arguments: [
    "fit no.npy -k 2", "info no.npy", "stream no.npy -k 2", "onepass no.npy -k 2",
    "convert no.npy o.csv", "elbow no.npy -k 1-2", "assign a.csv --model no.npy",
    "assign a.csv --centroids no.npy", "evaluate a.csv --model no.npy",
    "evaluate a.csv --centroids no.npy", "evaluate a.csv --labels no.npy",
    "evaluate a.csv --centroids start.npy --labels-true no.npy", "fit a.csv -k 2 --init no.npy",
    "stream a.csv -k 2 --init no.npy", "fit a.csv -k 2 --point-weights no.npy",
    "evaluate a.csv --centroids start.npy --point-weights no.npy",
    "elbow a.csv -k 1-2 --point-weights no.npy",
  ])
  func `are said to be missing`(_ command: String) throws {
    try Workplace.withSample().expectFailure(
      74, "no.npy: cannot open: No such file or directory", command)
  }

  @Test func `a model whose name says nothing`() throws {
    try Workplace.withSample().expectFailure(
      74, "no: cannot open: No such file or directory", "assign a.csv --model no")
  }
}
