import Testing

/// Wrong command lines of `kmeans elbow`.
@Suite struct ElbowCommandLineTests {
  static let see = "see 'kmeans elbow --help'"
  static let form = "expected A-B, A-B:STEP or a list such as 2,4,8; \(see)"

  @Test(
    arguments: [
      Wrong("", "Missing expected argument '--clusters <LIST>'; \(see)"),
      Wrong("-k x", "The value 'x' is invalid for '-k <LIST>': \(form)"),
      Wrong("-k -1", "The value '-1' is invalid for '-k <LIST>': \(form)"),
      Wrong("-k 2,,3", "The value '2,,3' is invalid for '-k <LIST>': \(form)"),
      Wrong("-k 2-5:", "The value '2-5:' is invalid for '-k <LIST>': \(form)"),
      Wrong(
        "-k 99999999999999999999",
        "The value '99999999999999999999' is invalid for '-k <LIST>': \(form)"),
      Wrong(
        "-k 5-2",
        "The value '5-2' is invalid for '-k <LIST>': expected 2-5 in place of 5-2; \(see)"),
      Wrong(
        "-k 2-5:0",
        "The value '2-5:0' is invalid for '-k <LIST>': expected a step of at least 1; \(see)"),
      Wrong(
        "--clusters 1-9223372036854775807",
        "The value '1-9223372036854775807' is invalid for '--clusters <LIST>': "
          + "expected at most 10000 numbers of clusters; \(see)"),
      Wrong(
        "-k 1-5,1-9223372036854775807",
        "The value '1-5,1-9223372036854775807' is invalid for '-k <LIST>': "
          + "expected at most 10000 numbers of clusters; \(see)"),
      Wrong("-k 0-3", "-k 0: expected at least 1"),
      Wrong("-k 2 --runs 0", "--runs 0: expected at least 1"),
      Wrong("-k 2 --gap -1", "--gap -1: expected at least 0; \(see)"),
      Wrong("-k 2,3000000000", "-k 3000000000: expected at most 2147483647"),
      Wrong("-k 2 --max-iterations 0", "--max-iterations 0: expected at least 1"),
      Wrong(
        "-k 2 --tolerance -1",
        "--tolerance -1.0: expected a finite number that is not negative"),
      Wrong(
        "-k 2 --sensitivity -1",
        "--sensitivity -1.0: expected a number that is not negative; \(see)"),
    ])
  func `a command line that cannot be`(_ wrong: Wrong) throws {
    try Workplace.withSample().expectFailure(64, wrong.line, "elbow a.csv \(wrong.command)")
  }

  @Test func `more clusters than points`() throws {
    try Workplace.withSample().expectFailure(
      65, "a.csv: 5 clusters for 4 points, expected at most as many clusters as points",
      "elbow a.csv -k 2-5")
  }
}
